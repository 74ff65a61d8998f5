"""Names that the lifter settled: what each means in other apps' files, kept as TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from voicecoach.errors import ExchangeError, shown
from voicecoach.library.document import Document, suggestion
from voicecoach.library.exercises import Library
from voicecoach.library.naming import (
    Match,
    Sureness,
    Target,
    own_id,
    read_target,
    written_target,
)
from voicecoach.library.writing import quoted, write_whole

MOST_NAMES = 10_000

_HEAD = """\
# Names in other apps' files, and the exercise that each means in the log.
"""


def read_names(file: Path, library: Library) -> dict[str, Target]:
    """Return what each name in a file means; a file that is not there has none.

    Raises:
        ExchangeError: it has mistakes, with the first one's line.
    """
    if not file.exists():
        return {}
    document = Document(file)
    names: dict[str, Target] = {}
    for name in document.root:
        target = read_target(document.root.text(name, required=True))
        if problem := _mistake(name, target, library):
            document.root.find(name, *problem)
        names[name] = target
    if document.findings:
        raise ExchangeError.of(document.findings)
    return names


def remember(file: Path, names: Mapping[str, Target], library: Library) -> None:
    """Add names to a file; one that is there already means from now on what is given.

    Raises:
        ExchangeError: the file has mistakes, or cannot be written.
    """
    known = read_names(file, library)
    merged = known | dict(names)
    if merged != known:
        lines = [f"{quoted(name)} = {quoted(written_target(merged[name]))}" for name in merged]
        write_whole(file, "\n".join([_HEAD, *lines, ""]), ExchangeError)


def write_review(file: Path, matches: Iterable[tuple[Match, int]]) -> None:
    """Write what names were taken for, each with the number of its sets, to be looked through.

    Raises:
        ExchangeError: the file cannot be written.
    """
    lines = [
        _HEAD + "# Mend what is wrong on the right, and import with --match and this file.\n"
        "# On the left stands the name as the app writes it: leave it as it is.\n"
    ]
    for match, sets in matches:
        remark = f"{match.sureness.value}, {sets} set{'' if sets == 1 else 's'}"
        if match.sureness is Sureness.NONE and match.nearest:
            remark += f'; nearest: "{match.nearest}"'
        lines.append(f"{quoted(match.name)} = {quoted(match.written)}  # {remark}")
    write_whole(file, "\n".join([*lines, ""]), ExchangeError)


def _mistake(name: str, target: Target, library: Library) -> tuple[str, str] | None:
    """Return what is wrong with what a name shall mean, and the remedy, or None."""
    exercise_id, variation_id = target
    if exercise_id not in library:
        if exercise_id == own_id(name) and variation_id is None:
            return None
        remedy = suggestion(exercise_id, library.ids, "see `voicecoach exercise list`")
        return f"there is no exercise {shown(exercise_id)}", remedy
    exercise = library.exercise(exercise_id)
    if variation_id is not None and exercise.variation(variation_id) is None:
        ids = [one.id for one in exercise.variations]
        remedy = suggestion(variation_id, ids, f"there are {', '.join(ids) or 'none'}")
        return f"{exercise_id} has no variation {shown(variation_id)}", remedy
    return None
