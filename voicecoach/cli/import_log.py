"""`voicecoach import`: the log of another app taken in."""

from __future__ import annotations

import codecs
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from voicecoach.cli.import_account import SCHEMA, account_of, print_survey, print_tally
from voicecoach.cli.import_questions import believed, notation_of
from voicecoach.errors import ExchangeError, LibraryError
from voicecoach.library.exercises import Library
from voicecoach.library.naming import Match, Naming, Sureness, Target, exercise_called
from voicecoach.library.own_exercises import OwnExercises
from voicecoach.library.remembered_names import read_names, remember, write_review
from voicecoach.report.wording import counted
from voicecoach.runtime.importing import keep_as_it_was, log_for, matches_of, survey, take_in
from voicecoach.runtime.opening import library_of
from voicecoach.runtime.paths import Paths
from voicecoach.store.exchange.dates import DateOrder
from voicecoach.store.exchange.rows import RowFinding
from voicecoach.store.exchange.source import FORMATS, open_source
from voicecoach.store.exchange.table import Progress
from voicecoach.store.log import TrainingLog
from voicecoach.store.merging import Merged, is_database
from voicecoach.units import Unit

AUTO = "auto"


@click.command("import")
@click.argument("given", nargs=-1, required=True, metavar="[FORMAT] FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@click.option("--unit", type=click.Choice([one.value for one in Unit]), help="Of its loads.")
@click.option(
    "--dates",
    type=click.Choice([one.value for one in DateOrder]),
    help="What 05/06/2026 is: dmy for June, mdy for May.",
)
@click.option("--encoding", metavar="NAME", help="Of the text, as cp1252; found out unless given.")
@click.option(
    "--match",
    "match_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What names mean, as --review wrote it and you mended it; remembered.",
)
@click.option(
    "--review",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what each name is taken for to this file, and take nothing in.",
)
@click.option("--add-exercises", is_flag=True, help="Make unknown names exercises of your own.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every line that is left out to this file, with the reason.",
)
@click.option("--yes", is_flag=True, help="Take in what is hard to believe, unasked.")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_obj
def import_log(
    paths: Paths,
    given: tuple[str, ...],
    dry_run: bool,
    unit: str | None,
    dates: str | None,
    encoding: str | None,
    match_file: Path | None,
    review: Path | None,
    add_exercises: bool,
    refused: Path | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Take in the log of another app.

    FORMAT is strong, hevy, fitnotes, fitbod, stronglifts, liftosaur, liftlog,
    or one of our own: csv, json, sqlite. It can be left out: the file tells.
    Importing a file twice adds nothing.
    """
    form, file = _given(given)
    now = datetime.now().astimezone()
    library = library_of(paths)
    settled = read_names(match_file, library) if match_file else {}
    if form == "sqlite" or (form is None and is_database(file)):
        _merge(file, paths, dry_run=dry_run, as_json=as_json)
        return
    source = open_source(file, form, _known_encoding(encoding))
    notation = notation_of(source, file, unit, dates)
    with _refused(refused) as told, progress_bar("Reading", source.size) as reading:
        found = survey(source, notation, now, told=told, progress=reading)
    naming = Naming(library, {**_taught(paths), **read_names(paths.names, library), **settled})
    matches = matches_of(found.names, source, naming)
    if not as_json:
        print_survey(source, found, matches, everything=dry_run, refused=refused is not None)
    if review:
        write_review(review, [(one, found.names[one.name]) for one in matches])
        click.echo(f"Look through {review}, mend it, and import with: --match {review}")
        return
    if not found.sets:
        msg = "no set can be read from it"
        raise ExchangeError(msg, place=str(file), remedy="see the lines above")
    doubtful = yes or believed(found, dry_run=dry_run)
    copy = None if dry_run else keep_as_it_was(paths, now)
    with (
        log_for(paths.log, keep=not dry_run) as log,
        progress_bar("Counting" if dry_run else "Taking in", source.size) as taking,
    ):
        tally = take_in(
            source,
            notation,
            found,
            {one.name: one for one in matches},
            log,
            now,
            doubtful=doubtful,
            keep=not dry_run,
            progress=taking,
        )
    if not dry_run:
        if settled:
            remember(paths.names, settled, library)
        if add_exercises:
            _add_exercises(matches, library, paths)
    left_out = found.left_out + (0 if doubtful else found.doubtful)
    if as_json:
        account = account_of(source, found, matches, tally, left_out=left_out, dry_run=dry_run)
        click.echo(json.dumps(account, indent=2, ensure_ascii=False))
    else:
        print_tally(tally, left_out, dry_run=dry_run)
    _tell_of(copy, needed=tally.added > 0)


def _merge(file: Path, paths: Paths, *, dry_run: bool, as_json: bool) -> None:
    """Take in another log of ours."""
    copy = None if dry_run else keep_as_it_was(paths, datetime.now().astimezone())
    with log_for(paths.log, keep=not dry_run) as log:
        merged = log.merge(file, keep=not dry_run)
    if as_json:
        account = {
            "schema": SCHEMA,
            "format": "sqlite",
            "dry_run": dry_run,
            "added": merged.added,
            "already_there": merged.there,
            "sessions": merged.sessions,
            "differing": merged.differing,
        }
        click.echo(json.dumps(account, indent=2))
    else:
        _print_merged(merged, dry_run=dry_run)
    _tell_of(copy, needed=merged.sessions > 0)


def _print_merged(merged: Merged, *, dry_run: bool) -> None:
    would = "Would be taken in" if dry_run else "Taken in"
    click.echo(f"{would}: {counted(merged.added, 'set')} in {counted(merged.sessions, 'session')}.")
    if merged.there:
        click.echo(f"In the log already: {counted(merged.there, 'set')}.")
    for session in merged.differing:
        click.echo(f"left out: session {session} went on otherwise here", err=True)


def _tell_of(copy: Path | None, *, needed: bool) -> None:
    """Say how an import is taken back; where nothing was added there is nothing to take back."""
    if copy is None:
        return
    if needed:
        click.echo(f"To take it back: voicecoach restore {copy}", err=True)
    else:
        copy.unlink(missing_ok=True)


def _taught(paths: Paths) -> dict[str, Target]:
    """Return the names that the lifter taught the coach by voice."""
    if not paths.log.exists():
        return {}
    with TrainingLog.open(paths.log) as log:
        return log.aliases()


def _given(given: tuple[str, ...]) -> tuple[str | None, Path]:
    """Return the format, None where the file shall tell, and the file."""
    if len(given) > 2:
        msg = f"one file at a time: {len(given)} arguments are given"
        raise click.UsageError(msg)
    *form, file = given
    if form and form[0].lower() not in (*FORMATS, AUTO):
        msg = f"{form[0]!r} is no format; there are {', '.join(FORMATS)}"
        raise click.UsageError(msg)
    if not form and file.lower() in FORMATS and not Path(file).exists():
        msg = f"name the file as well: voicecoach import {file} FILE"
        raise click.UsageError(msg)
    named = form[0].lower() if form else AUTO
    return None if named == AUTO else named, Path(file)


def _known_encoding(name: str | None) -> str | None:
    try:
        return None if name is None else codecs.lookup(name).name
    except LookupError:
        msg = f"there is no encoding {name!r}"
        raise click.UsageError(msg) from None


@contextmanager
def _refused(file: Path | None) -> Iterator[Any]:
    """Yield what writes findings to a file, or None."""
    if file is None:
        yield None
        return
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(file.open("w", encoding="utf-8", newline=""))
        except OSError as error:
            msg = f"cannot be written: {error.strerror or error}"
            raise ExchangeError(msg, place=str(file), remedy="name another file") from error
        writer = csv.writer(stream)
        writer.writerow(("line", "left out", "reason"))

        def tell(finding: RowFinding) -> None:
            writer.writerow((finding.line, "yes" if finding.left_out else "no", finding.problem))

        yield tell


@contextmanager
def progress_bar(label: str, size: int) -> Iterator[Progress | None]:
    """Yield what moves a bar on a terminal; elsewhere, and for a small file, nothing."""
    if not sys.stderr.isatty() or size < 100_000:
        yield None
        return
    from rich import progress as bars  # noqa: PLC0415 - slow, and only for this
    from rich.console import Console  # noqa: PLC0415

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.TaskProgressColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=size)
        yield lambda done: bar.update(task, completed=done)


def _add_exercises(matches: tuple[Match, ...], library: Library, paths: Paths) -> None:
    own = OwnExercises(library, paths.config / "exercises")
    for match in matches:
        if match.sureness is not Sureness.NONE:
            continue
        try:
            own.add(exercise_called(match.name))
        except LibraryError as error:
            click.echo(f"not added: {error}", err=True)
