"""What an import tells: names and what they are taken for, lines left out, what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import click

from voicecoach.library.naming import Match, Sureness
from voicecoach.report.wording import counted, one_line
from voicecoach.runtime.importing import Survey
from voicecoach.store.exchange.source import Source
from voicecoach.store.intake import Tally

SCHEMA = "voicecoach.import/1"

SHOWN = 20
"""Lines that are left out of which each is printed; --refused keeps them all."""

WIDEST = 40
"""Characters of a column in the review, unless a name is longer."""


def print_survey(
    source: Source, found: Survey, matches: tuple[Match, ...], *, everything: bool, refused: bool
) -> None:
    others = f"; {counted(found.no_sets, 'row')} of another kind" if found.no_sets else ""
    click.echo(f"{source.app}: {counted(found.sets, 'set')}{others}.")
    unsure = [one for one in matches if everything or one.sureness is not Sureness.SURE]
    for line in review_lines(unsure, found.names):
        click.echo(line)
    if sure := len(matches) - len(unsure):
        click.echo(f"  {counted(sure, 'name')} found in the library: --dry-run lists them.")
    for finding in found.findings[: 0 if refused else SHOWN]:
        left = "left out: " if finding.left_out else ""
        click.echo(f"{left}{finding}", err=True)
    if not refused and (more := len(found.findings) + found.more_findings - SHOWN) > 0:
        click.echo(f"and {counted(more, 'line')} more: --refused FILE writes all of them", err=True)


def print_tally(tally: Tally, left_out: int, *, dry_run: bool) -> None:
    would = "Would be taken in" if dry_run else "Taken in"
    when = f", {tally.first:%Y-%m-%d} to {tally.last:%Y-%m-%d}" if tally.first else ""
    click.echo(
        f"{would}: {counted(tally.added, 'set')} in {counted(tally.workouts, 'workout')}{when}."
    )
    if tally.there:
        click.echo(f"In the log already: {counted(tally.there, 'set')}.")
    if left_out:
        click.echo(f"Left out: {counted(left_out, 'row')}.")


def account_of(
    source: Source,
    found: Survey,
    matches: tuple[Match, ...],
    tally: Tally,
    *,
    left_out: int,
    dry_run: bool,
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "format": source.name,
        "dry_run": dry_run,
        "sets": found.sets,
        "added": tally.added,
        "already_there": tally.there,
        "workouts": tally.workouts,
        "left_out": left_out,
        "doubtful": found.doubtful,
        "findings": [
            {"line": one.line, "left_out": one.left_out, "reason": one.problem}
            for one in found.findings
        ],
        "more_findings": found.more_findings,
        "names": [
            {
                "name": one.name,
                "exercise": one.exercise,
                "variation": one.variation,
                "sureness": one.sureness.name.lower(),
                "nearest": one.nearest or None,
                "sets": found.names[one.name],
            }
            for one in matches
        ],
    }


def review_lines(matches: Iterable[Match], sets: Counter[str]) -> list[str]:
    """Return a line a name: what it is taken for, how surely, and how many sets it has."""
    rows = [
        (
            one_line(one.name),
            one.written,
            one.sureness.value,
            counted(sets[one.name], "set"),
            f"nearest: {one.nearest}" if one.nearest and one.sureness is Sureness.NONE else "",
        )
        for one in matches
    ]
    if not rows:
        return []
    widths = [min(max(map(len, column)), WIDEST) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return [f"  {line}".rstrip() for line in lines]
