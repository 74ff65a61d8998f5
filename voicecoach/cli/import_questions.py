"""What an import asks: the unit, the order of dates, and whether what is hard to believe is so."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from voicecoach.errors import ExchangeError
from voicecoach.runtime.importing import Survey
from voicecoach.store.exchange.dates import DateOrder
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.source import Source
from voicecoach.units import Unit


def notation_of(source: Source, file: Path, unit: str | None, dates: str | None) -> Notation:
    """Return how a file is to be read; what it does not tell is asked for.

    Raises:
        ExchangeError: its dates contradict each other.
        UsageError: nobody is there to ask.
    """
    if unit is None and source.names_no_unit:
        unit = _asked(
            f"{source.app}'s file names no unit. In which are its loads?",
            [one.value for one in Unit],
            "--unit",
        )
    evidence = source.evidence()
    order = DateOrder(dates) if dates else None
    if order is None and len(evidence.orders) > 1:
        msg = "some dates have the day first, and some the month"
        raise ExchangeError(
            msg, place=str(file), remedy="say which is right: --dates dmy or --dates mdy"
        )
    if order is None and evidence.orders:
        (order,) = evidence.orders
    if order is None and evidence.open_date:
        order = DateOrder(
            _asked(
                f"{evidence.open_date}: is the day first (dmy) or the month (mdy)?",
                [one.value for one in DateOrder],
                "--dates",
            )
        )
    return Notation(
        unit=Unit(unit) if unit else None, order=order, decimal_comma=evidence.decimal_comma
    )


def _asked(question: str, choices: list[str], option: str) -> str:
    """Ask at a terminal; elsewhere an option must tell."""
    if not sys.stdin.isatty():
        msg = f"{question} Give {' or '.join(f'{option} {one}' for one in choices)}"
        raise click.UsageError(msg)
    answer: str = click.prompt(question, type=click.Choice(choices), err=True)
    return answer


def believed(found: Survey, *, dry_run: bool) -> bool:
    """Ask whether what is hard to believe is so; unasked it stays out."""
    if not found.doubtful:
        return True
    for one, doubt in found.doubts:
        click.echo(f"line {one.line}: {one.exercise}: {doubt}", err=True)
    if (more := found.doubtful - len(found.doubts)) > 0:
        click.echo(f"and {more} more like these", err=True)
    what = "This is" if found.doubtful == 1 else f"These {found.doubtful} are"
    if dry_run or not sys.stdin.isatty():
        click.echo(f"{what} hard to believe, and left out unless --yes is given.", err=True)
        return False
    return click.confirm(f"{what} hard to believe. Is it so?", err=True)
