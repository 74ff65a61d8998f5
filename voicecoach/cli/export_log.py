"""`voicecoach export`: the log written in forms that other programs read."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from voicecoach.errors import ExchangeError
from voicecoach.library.naming import Naming
from voicecoach.library.remembered_names import read_names
from voicecoach.report.wording import counted
from voicecoach.runtime.opening import library_of
from voicecoach.runtime.paths import Paths
from voicecoach.store.backup import back_up
from voicecoach.store.exchange.document import write_document
from voicecoach.store.exchange.hevy import write_hevy
from voicecoach.store.exchange.plain import write_plain
from voicecoach.store.exchange.strong import write_strong
from voicecoach.store.exchange.workouts import LoggedWorkout, logged_workouts
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.units import Unit

DAY = click.DateTime(formats=["%Y-%m-%d"])

FORMATS = ("csv", "json", "sqlite", "strong", "hevy")


@click.command("export")
@click.argument("form", type=click.Choice(FORMATS, case_sensitive=False), metavar="FORMAT")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output unless given.",
)
@click.option("--unit", type=click.Choice([one.value for one in Unit]), help="Of the loads.")
@click.option("--since", type=DAY, help="The first day, as 2026-01-05.")
@click.option("--until", type=DAY, help="The last day.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def export_log(
    paths: Paths,
    form: str,
    out: Path | None,
    unit: str | None,
    since: datetime | None,
    until: datetime | None,
    force: bool,
) -> None:
    """Write the log in a form that other programs read.

    FORMAT is csv (a row a set, with all that is known of it), json (all that
    and the workouts), sqlite (the log itself, whole), strong or hevy (what
    those apps, and others, import).
    """
    if since and until and since > until:
        msg = f"the first day, {since:%Y-%m-%d}, is after the last, {until:%Y-%m-%d}"
        raise click.UsageError(msg)
    if out is not None and out.exists() and not force:
        msg = "is there already"
        raise ExchangeError(msg, place=str(out), remedy="name another file, or give --force")
    if form == "sqlite":
        _copy(paths, out, bounded=bool(since or until or unit))
        return
    if unit and form not in ("strong", "hevy"):
        msg = f"{form} has a unit of its own: kilograms"
        raise click.UsageError(msg)
    if not paths.log.exists():
        msg = "the log is empty"
        raise ExchangeError(msg, place=str(paths.log), remedy="train or import first")
    with TrainingLog.open(paths.log) as log, _written_to(out) as stream:
        workouts = logged_workouts(
            log, since=since.date() if since else None, until=until.date() if until else None
        )
        loads_in = Unit(unit) if unit else log.latest_unit() or Unit.KG
        count = _write(form, workouts, stream, loads_in, paths)
    told = f", loads in {loads_in.value}" if form in ("strong", "hevy") else ""
    click.echo(f"{counted(count, 'set')} written{f' to {out}' if out else ''}{told}.", err=True)


def _write(
    form: str, workouts: Iterator[LoggedWorkout], stream: TextIO, unit: Unit, paths: Paths
) -> int:
    match form:
        case "csv":
            return write_plain(workouts, stream)
        case "json":
            return write_document(workouts, stream)
        case "strong":
            return write_strong(workouts, stream, unit, _names(paths))
        case _:
            return write_hevy(workouts, stream, unit, _names(paths))


def _names(paths: Paths) -> Callable[[PerformedSet], str]:
    """Return what tells how an exercise is called elsewhere."""
    library = library_of(paths)
    naming = Naming(library, read_names(paths.names, library))
    called: dict[tuple[str, str | None], str] = {}

    def name(one: PerformedSet) -> str:
        target = (one.exercise, one.variation)
        if target not in called:
            called[target] = naming.written(*target)
        return called[target]

    return name


def _copy(paths: Paths, out: Path | None, *, bounded: bool) -> None:
    if bounded:
        msg = "sqlite is the whole log: it takes no --since, --until or --unit"
        raise click.UsageError(msg)
    if out is None:
        msg = "sqlite needs a file: --out FILE"
        raise click.UsageError(msg)
    copied = back_up(paths.log, out)
    click.echo(f"{counted(copied.sets, 'set')} written to {out}.", err=True)


@contextmanager
def _written_to(out: Path | None) -> Iterator[TextIO]:
    """Yield a stream to standard output, or to a file that takes its place when it is whole."""
    if out is None:
        stream = io.TextIOWrapper(
            sys.stdout.buffer, encoding="utf-8", newline="", write_through=True
        )
        try:
            yield stream
            stream.flush()
        finally:
            stream.detach()
        return
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".voicecoach-") as folder:
            unfinished = Path(folder) / out.name
            with unfinished.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            unfinished.replace(out)
    except OSError as error:
        msg = f"cannot be written: {error.strerror or error}"
        raise ExchangeError(msg, place=str(out), remedy="name another file") from error
