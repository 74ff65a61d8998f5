"""`voicecoach exercise`: the exercises the coach knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.completing import exercise_names
from voicecoach.cli.exercise_editing import EDITING
from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.errors import Finding, LibraryError, shown
from voicecoach.language.prompts import Prompt
from voicecoach.library.exercise_check import check_exercises, raise_for
from voicecoach.library.exercises import SEE_LIST, Library
from voicecoach.runtime.config import PITCH, RATE, SPEAKER, STYLE, VOICE, Settings
from voicecoach.session.describing import description
from voicecoach.training.exercise import Cues, Exercise, Variation, as_spoken

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

LIST_SCHEMA = "voicecoach.exercises/1"
SHOW_SCHEMA = "voicecoach.exercise/1"
CHECK_SCHEMA = "voicecoach.exercise-check/1"

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")


@click.group()
def exercise() -> None:
    """List, show, search, add and import exercises."""


for command in EDITING:
    exercise.add_command(command)


@exercise.command("list")
@as_json_option
@click.pass_obj
def list_exercises(paths: Paths, as_json: bool) -> None:
    """List every exercise, your own among them."""
    library = library_of(paths)
    _print_list(library, library, as_json=as_json)


@exercise.command("search")
@click.argument("words", nargs=-1, required=True)
@as_json_option
@click.pass_obj
def search_exercises(paths: Paths, words: tuple[str, ...], as_json: bool) -> None:
    """Find exercises by name, alias, variation, muscle or equipment.

    The likeliest comes first; a typing error is forgiven.
    """
    library = library_of(paths)
    found = library.search(" ".join(words))
    if not found and not as_json:
        msg = f"nothing is called {shown(' '.join(words))}"
        raise LibraryError(msg, remedy=SEE_LIST)
    _print_list(library, found, as_json=as_json)


@exercise.command("show")
@click.argument("exercise_id", metavar="EXERCISE", shell_complete=exercise_names)
@as_json_option
@click.option("--speak", is_flag=True, help="Read it out as well, in the coach's voice.")
@setting_options(SPEAKER, VOICE, RATE, PITCH, STYLE)
@click.pass_obj
def show_exercise(
    paths: Paths,
    /,
    exercise_id: str,
    as_json: bool,
    speak: bool,
    **options: object,
) -> None:
    """Show how an exercise is done, what it works, and its variations.

    EXERCISE is an id, or a name that only one exercise has.
    """
    library = library_of(paths)
    found = _meant(library, exercise_id)
    read_aloud = _reader(paths, settings_for(paths, options)) if speak else None
    if as_json:
        click.echo(to_json({"schema": SHOW_SCHEMA, "exercise": in_full(found, library)}))
    else:
        click.echo("\n".join(_page(found, library)))
    if read_aloud is not None:
        muscles = (_names(library, found.primary), _names(library, found.secondary))
        read_aloud(description(found, *muscles))


@exercise.command("check")
@as_json_option
@click.pass_obj
def check_own(paths: Paths, as_json: bool) -> None:
    """Find every mistake in your own exercises.

    Each is told with its line and a remedy; those that only show when all
    exercises are looked at together are found too.
    """
    findings = check_exercises(library_of(paths))
    if as_json:
        items = [finding_as_json(one) for one in findings]
        click.echo(to_json({"schema": CHECK_SCHEMA, "findings": items}))
    for finding in () if as_json else findings:
        click.echo(str(finding), err=True)
    raise_for(findings)
    if not as_json:
        click.echo("no mistakes")


def _reader(paths: Paths, settings: Settings) -> Callable[[tuple[Prompt, ...]], None]:
    """Return what reads sentences out. Raises DeviceError where there is no speaker."""
    # Slow to import, and of no use to who only reads.
    from voicecoach.runtime import engines, reading  # noqa: PLC0415

    return partial(
        reading.read_out,
        reading.find_speaker(settings[SPEAKER]),
        engines.coach_voice(paths, settings),
        delivery=engines.delivery(settings),
    )


def library_of(paths: Paths) -> Library:
    """Return the exercises: built in, and the lifter's own."""
    return Library(paths.config / "exercises")


def _meant(library: Library, name: str) -> Exercise:
    """Return the exercise of that id, or the only one of that name."""
    if name not in library:
        named = [one for one in library if as_spoken(name) in one.spoken_names]
        if len(named) == 1:
            return named[0]
    return library.exercise(name)


def _print_list(library: Library, exercises: Iterable[Exercise], *, as_json: bool) -> None:
    """Print exercises; those that cannot be read are named on stderr and stop nobody."""
    for error in library.unreadable():
        click.echo(f"left out: {error}", err=True)
    if as_json:
        items = [_in_short(one, library) for one in exercises]
        click.echo(to_json({"schema": LIST_SCHEMA, "exercises": items}))
        return
    rows = [(one.id, ", ".join(_names(library, one.primary))) for one in exercises]
    width = max((len(exercise_id) for exercise_id, _ in rows), default=0)
    for exercise_id, muscles in rows:
        click.echo(f"{exercise_id:<{width}}  {muscles}".rstrip())


def _names(library: Library, muscles: tuple[str, ...]) -> list[str]:
    return [library.muscles[muscle].name for muscle in muscles]


def _in_short(exercise: Exercise, library: Library) -> dict[str, Any]:
    """Return an exercise as a list holds it."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "kind": exercise.kind.value,
        "primary": list(exercise.primary),
        "secondary": list(exercise.secondary),
        "equipment": list(exercise.equipment),
        "variations": [variation.id for variation in exercise.variations],
        "own": library.is_own(exercise.id),
    }


def in_full(exercise: Exercise, library: Library) -> dict[str, Any]:
    """Return all that is known of an exercise."""
    return _in_short(exercise, library) | {
        "plural": exercise.plural,
        "implement": exercise.implement.value,
        "first_phase": exercise.first_phase.value,
        "lower_body": exercise.lower_body,
        "cues": _cues(exercise.cues),
        "activation": exercise.activation,
        "faults": list(exercise.faults),
        "cautions": list(exercise.cautions),
        "load_advice": exercise.load_advice,
        "variations": [_variation(variation) for variation in exercise.variations],
        "easier": list(exercise.easier),
        "harder": list(exercise.harder),
        "source": exercise.source,
    }


def _cues(cues: Cues) -> dict[str, list[str]]:
    return {
        "setup": list(cues.setup),
        "execute": list(cues.execute),
        "breathe": list(cues.breathe),
    }


def _variation(variation: Variation) -> dict[str, Any]:
    return {
        "id": variation.id,
        "name": variation.name,
        "aliases": list(variation.aliases),
        "changes": variation.changes,
        "implement": variation.implement.value if variation.implement else None,
        "equipment": list(variation.equipment),
        "cues": list(variation.cues),
        "works": variation.works,
    }


def _page(exercise: Exercise, library: Library) -> list[str]:
    """Return what `exercise show` prints, line by line."""
    lines = [f"{exercise.name[:1].upper()}{exercise.name[1:]}  ({exercise.id})"]
    if exercise.aliases:
        lines.append(f"also said: {', '.join(exercise.aliases)}")
    if exercise.primary:
        lines.append(f"works: {', '.join(_names(library, exercise.primary))}")
    if exercise.secondary:
        lines.append(f"and: {', '.join(_names(library, exercise.secondary))}")
    if exercise.equipment:
        lines.append(f"needs: {', '.join(exercise.equipment)}")
    for title, sentences in (
        ("Set up", exercise.cues.setup),
        ("Do it", exercise.cues.execute),
        ("Breathe", exercise.cues.breathe),
        ("Feel", (exercise.activation,) if exercise.activation else ()),
        ("Avoid", exercise.faults),
        ("How heavy", (exercise.load_advice,) if exercise.load_advice else ()),
        ("Take care", exercise.cautions),
    ):
        if sentences:
            lines += ["", title, *(f"  {sentence}" for sentence in sentences)]
    if exercise.variations:
        lines += ["", "Variations"]
        width = max(len(variation.id) for variation in exercise.variations)
        for variation in exercise.variations:
            lines.append(
                f"  {variation.id:<{width}}  {' '.join((*variation.cues, variation.works))}"
            )
    if exercise.easier or exercise.harder:
        lines.append("")
    if exercise.easier:
        lines.append(f"easier: {', '.join(exercise.easier)}")
    if exercise.harder:
        lines.append(f"harder: {', '.join(exercise.harder)}")
    return lines


def to_json(value: dict[str, Any]) -> str:
    """Return `value` as JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a mistake in a file as JSON holds it."""
    return {
        "file": finding.file,
        "line": finding.line,
        "key": finding.key,
        "value": finding.value,
        "problem": finding.problem,
        "remedy": finding.remedy,
    }
