"""`voicecoach exercise add|import`: exercises of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.errors import LibraryError, shown
from voicecoach.library.catalogue import read_catalogue
from voicecoach.library.document import suggestion
from voicecoach.library.exercises import Library
from voicecoach.library.own_exercises import OwnExercises
from voicecoach.library.wording import id_of
from voicecoach.training.exercise import (
    Cues,
    Exercise,
    ExerciseKind,
    Implement,
    Phase,
    as_spoken,
)

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths


@click.command("add")
@click.argument("name")
@click.option(
    "--muscle", "muscles", multiple=True, metavar="NAME", help="Worked first, as lats; repeatable."
)
@click.option("--helps", multiple=True, metavar="NAME", help="A muscle that helps.")
@click.option("--alias", "aliases", multiple=True, metavar="NAME", help="Another name, as spoken.")
@click.option("--cue", "cues", multiple=True, metavar="SENTENCE", help="Said before the set.")
@click.option("--needs", multiple=True, metavar="THING", help="Equipment.")
@click.option(
    "--kind",
    type=click.Choice([one.value for one in ExerciseKind]),
    default=ExerciseKind.REPS.value,
    show_default=True,
    help="How it is measured.",
)
@click.option(
    "--implement",
    type=click.Choice([one.value for one in Implement]),
    default=Implement.BODYWEIGHT.value,
    show_default=True,
    help="What carries the load.",
)
@click.option("--lift-first", is_flag=True, help="It begins with the lift, as a deadlift does.")
@click.pass_obj
def add_exercise(
    paths: Paths,
    name: str,
    muscles: tuple[str, ...],
    helps: tuple[str, ...],
    aliases: tuple[str, ...],
    cues: tuple[str, ...],
    needs: tuple[str, ...],
    kind: str,
    implement: str,
    lift_first: bool,
) -> None:
    """Add an exercise of your own, as NAME is said.

    A cue is a sentence of up to twelve words: --cue "Push the floor away."
    """
    library = Library(paths.config / "exercises")
    primary = tuple(_muscle(one, library) for one in muscles)
    exercise = Exercise(
        id=id_of(name),
        name=name.strip(),
        aliases=aliases,
        kind=ExerciseKind(kind),
        implement=Implement(implement),
        first_phase=Phase.CONCENTRIC if lift_first else Phase.ECCENTRIC,
        primary=primary,
        secondary=tuple(_muscle(one, library) for one in helps),
        equipment=needs,
        cues=Cues(execute=cues),
        lower_body=any(library.muscles[one].region == "legs" for one in primary[:1]),
        source="own",
    )
    file = OwnExercises(library, paths.config / "exercises").add(exercise)
    click.echo(f"{exercise.id} is in {file}")


def _muscle(name: str, library: Library) -> str:
    """Return the id of the muscle that people call `name`."""
    called = {
        as_spoken(each): key
        for key, muscle in library.muscles.items()
        for each in (key, muscle.name, *muscle.aliases)
    }
    wanted = as_spoken(name)
    if wanted not in called:
        msg = f"there is no muscle {shown(name)}"
        raise LibraryError(msg, remedy=suggestion(wanted, called, ", ".join(library.muscles)))
    return called[wanted]


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@click.pass_obj
def import_exercises(paths: Paths, source: Path, dry_run: bool) -> None:
    """Take in exercises from a catalogue's JSON.

    FILE is that of free-exercise-db, or wger's exerciseinfo. Long
    instructions are shortened into cues that can be said; source and licence
    are kept, and what is left out is named.
    """
    catalogue = read_catalogue(source)
    own = OwnExercises(Library(paths.config / "exercises"), paths.config / "exercises")
    added, left_out = own.take_in(catalogue, write=not dry_run)
    for one in left_out:
        click.echo(f"left out: {one.name} {one.reason}", err=True)
    would = "would be " if dry_run else ""
    click.echo(f"{would}taken in: {len(added)}, left out: {len(left_out)}")


EDITING = (add_exercise, import_exercises)
