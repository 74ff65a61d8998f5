"""`voicecoach routine new|add|edit|copy|remove|use|import|export`: routines of one's own."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.completing import routine_names
from voicecoach.cli.editor import edit
from voicecoach.cli.settings import settings_for
from voicecoach.errors import LibraryError, RoutineError, UnitError, VoicecoachError
from voicecoach.library.blocks import block_of_line
from voicecoach.library.document import MOST_BYTES
from voicecoach.library.exercises import Library
from voicecoach.library.liftoscript import read_liftoscript
from voicecoach.library.routines import Routines
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime.config import UNIT
from voicecoach.training.routine import Block
from voicecoach.units import Unit

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

UNITS = click.Choice([unit.value for unit in Unit])


def _library_of(paths: Paths) -> Library:
    return Library(paths.config / "exercises")


def shelf_of(paths: Paths) -> RoutineShelf:
    """Return the lifter's own routines."""
    return RoutineShelf(_library_of(paths), paths.config / "routines")


@click.command("new")
@click.argument("name")
@click.option("--block", "lines", multiple=True, metavar="LINE", help="A block; ask for none.")
@click.option("--unit", type=UNITS, help="Of the loads.")
@click.pass_obj
def new_routine(paths: Paths, name: str, lines: tuple[str, ...], unit: str | None) -> None:
    """Make a routine, with questions or without.

    A block is a line such as "deadlift 3x4-6 @ 85% rest 3min". With --block,
    once or more, nothing is asked.
    """
    library, shelf = _library_of(paths), shelf_of(paths)
    usual = settings_for(paths)[UNIT]
    if lines:
        workouts = [("A", [block_of_line(line, library) for line in lines])]
    else:
        unit = unit or click.prompt("Loads in", type=UNITS, default=usual.value, err=True)
        workouts = _asked_workouts(library)
    made = shelf.new(name, workouts, Unit(unit or usual.value))
    click.echo(f"{made.id} is in {made.file}")
    click.echo(f"Train it with: voicecoach start {shlex.quote(made.id)}", err=True)


def _asked_workouts(library: Library) -> list[tuple[str, list[Block]]]:
    """Ask for workouts and the blocks of each, until an empty line."""
    click.echo('A block is a line such as "deadlift 3x4-6 @ 85% rest 3min".', err=True)
    count = click.prompt(
        "How many workouts take turns", type=click.IntRange(1, 7), default=1, err=True
    )
    workouts = []
    for number in range(count):
        usual = chr(ord("A") + number)
        title = click.prompt("Name of the workout", default=usual, err=True)
        workouts.append((title, _asked_blocks(library, title)))
    return workouts


def _asked_blocks(library: Library, title: str) -> list[Block]:
    blocks: list[Block] = []
    while True:
        line = click.prompt(
            f"Block {len(blocks) + 1} of {title} (empty to end)",
            default="",
            show_default=False,
            err=True,
        )
        if not line.strip():
            if blocks:
                return blocks
            click.echo("A workout has at least one block.", err=True)
            continue
        try:
            blocks.append(block_of_line(line, library))
        except (UnitError, LibraryError) as error:
            click.echo(str(error), err=True)


@click.command("add")
@click.argument("name", shell_complete=routine_names)
@click.argument("line")
@click.option("--workout", help="The workout to add to; the last one by default.")
@click.pass_obj
def add_block(paths: Paths, name: str, line: str, workout: str | None) -> None:
    """Add a block to a routine of your own.

    A routine that is not there yet is made. LINE is such as
    "deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0"; more may follow: count
    paced, vary sumo, instead chin-up, progress double 2.5kg.
    """
    made = shelf_of(paths).add(name, block_of_line(line, _library_of(paths)), workout=workout)
    click.echo(f"{made.id} is in {made.file}")


@click.command("edit")
@click.argument("name", shell_complete=routine_names)
@click.pass_obj
def edit_routine(paths: Paths, name: str) -> None:
    """Open a routine of your own in $EDITOR.

    It is checked before it is kept; while it has mistakes the old one stays.
    """
    shelf = shelf_of(paths)
    file = shelf.own(name)
    before = _text_of(file.file)
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as directory:
        draft = Path(directory) / file.file.name
        draft.write_text(before, encoding="utf-8")
        while True:
            edit(draft)
            text = _text_of(draft)
            findings = shelf.check_text(file.id, text)
            if not findings:
                break
            for finding in findings:
                click.echo(str(finding), err=True)
            if not click.confirm("Edit it again?", default=True, err=True):
                msg = f"{file.id} stays as it was"
                raise RoutineError(msg, place=str(file.file), findings=findings)
    if text == before:
        click.echo(f"{file.id} is unchanged")
        return
    shelf.put(file.id, text)
    click.echo(f"{file.id} is changed")


@click.command("copy")
@click.argument("source", shell_complete=routine_names)
@click.argument("name")
@click.pass_obj
def copy_routine(paths: Paths, source: str, name: str) -> None:
    """Copy a routine, to change it as your own.

    SOURCE may be built in.
    """
    made = shelf_of(paths).copy(source, name)
    click.echo(f"{made.id} is in {made.file}")


@click.command("remove")
@click.argument("name", shell_complete=routine_names)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove_routine(paths: Paths, name: str, yes: bool) -> None:
    """Remove a routine of your own.

    What was trained by it stays in the log.
    """
    shelf = shelf_of(paths)
    file = shelf.own(name)
    if not yes:
        click.confirm(f"Remove {file.file}?", abort=True, err=True)
    shelf.remove(file.id)
    click.echo(f"{file.id} is removed")


@click.command("use")
@click.argument("name", shell_complete=routine_names)
@click.pass_obj
def use_routine(paths: Paths, name: str) -> None:
    """Take NAME for the routine in use.

    It is the one that `voicecoach start` takes when none is named.
    """
    click.echo(f"{shelf_of(paths).use(name).id} is in use")


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--name", help="What to call it; the file's name by default.")
@click.pass_obj
def import_routine(paths: Paths, source: Path, name: str | None) -> None:
    """Take in a routine from FILE.

    One that ends in .toml is taken as it is, if it has no mistake. Any other
    is read as Liftosaur's Liftoscript; what a routine cannot say is told.
    """
    shelf = shelf_of(paths)
    if source.suffix.lower() == ".toml":
        made = shelf.take_in(source, name)
    else:
        program = read_liftoscript(_text_of(source), _library_of(paths))
        for one in program.unsaid:
            click.echo(one, err=True)
        if not program.workouts:
            msg = "holds no exercise that could be taken in"
            raise RoutineError(msg, place=str(source), remedy='give Liftoscript, as "Squat / 3x5"')
        made = shelf.new(name or source.stem, program.workouts, program.unit)
    click.echo(f"{made.id} is in {made.file}")


def _text_of(source: Path) -> str:
    """Return the text of a file, looked at first for its size. Raises RoutineError."""
    try:
        if source.stat().st_size > MOST_BYTES:
            msg = f"has more than {MOST_BYTES:,} bytes"
            raise RoutineError(msg, place=str(source), remedy="give a program's text")
        return source.read_text(encoding="utf-8-sig")
    except OSError as error:
        msg = f"cannot be opened: {error.strerror or error}"
        raise RoutineError(msg, place=str(source), remedy="check the path") from error
    except UnicodeDecodeError as error:
        msg = "is not text in UTF-8"
        raise RoutineError(msg, place=str(source), remedy="save it as UTF-8") from error


@click.command("export")
@click.argument("name", shell_complete=routine_names)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here.")
@click.pass_obj
def export_routine(paths: Paths, name: str, out: Path | None) -> None:
    """Print a routine as TOML, comments and all."""
    routines = Routines(_library_of(paths), paths.config / "routines")
    text = _text_of(routines.file_of(name).file)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        msg = "is there already"
        raise RoutineError(msg, place=str(out), remedy="name another file") from None
    except OSError as error:
        msg = f"cannot be written: {error.strerror}"
        raise VoicecoachError(msg, place=str(out), remedy="name another file") from error
    click.echo(f"written to {out}", err=True)


EDITING = (
    new_routine,
    add_block,
    edit_routine,
    copy_routine,
    remove_routine,
    use_routine,
    import_routine,
    export_routine,
)
"""The commands in the order of a routine's life."""
