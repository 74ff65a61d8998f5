"""Exercises from other catalogues: free-exercise-db and wger, made ready to be said aloud.

Both describe an exercise in long sentences. What can be said in twelve words
is kept of them, and what cannot is left out and named.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.errors import LibraryError, shown
from voicecoach.library.sayable import fault_of_name
from voicecoach.library.wording import cues_of, id_of, spoken_name
from voicecoach.training.exercise import Cues, Exercise, ExerciseKind, Implement, Phase

MOST_BYTES = 100_000_000
ENGLISH = 2  # wger's number for the language


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise that was not taken in, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a file holds: exercises that can be coached, and the others by name."""

    exercises: tuple[Exercise, ...]
    left_out: tuple[LeftOut, ...]


MUSCLES = {
    "abdominals": "abdominals", "abs": "abdominals", "abductors": "gluteus-medius",
    "adductors": "adductors", "biceps": "biceps", "calves": "calves", "chest": "pectorals",
    "forearms": "forearms", "glutes": "gluteus-maximus", "hamstrings": "hamstrings",
    "lats": "latissimus-dorsi", "lower back": "erector-spinae", "middle back": "rhomboids",
    "quadriceps": "quadriceps", "quads": "quadriceps", "shoulders": "side-deltoids",
    "traps": "trapezius", "triceps": "triceps",
    "anterior deltoid": "front-deltoids", "biceps brachii": "biceps",
    "biceps femoris": "hamstrings", "brachialis": "biceps", "gastrocnemius": "calves",
    "gluteus maximus": "gluteus-maximus", "latissimus dorsi": "latissimus-dorsi",
    "obliquus externus abdominis": "external-obliques", "pectoralis major": "pectorals",
    "quadriceps femoris": "quadriceps", "rectus abdominis": "abdominals",
    "serratus anterior": "serratus-anterior", "soleus": "calves", "trapezius": "trapezius",
    "triceps brachii": "triceps",
}  # fmt: skip
"""Names of muscles in either catalogue, and ours for them."""

IMPLEMENTS = {
    "barbell": Implement.BARBELL, "e-z curl bar": Implement.BARBELL, "sz-bar": Implement.BARBELL,
    "dumbbell": Implement.DUMBBELL, "kettlebell": Implement.KETTLEBELL,
    "kettlebells": Implement.KETTLEBELL, "cable": Implement.CABLE, "machine": Implement.MACHINE,
    "bands": Implement.BAND, "resistance band": Implement.BAND,
}  # fmt: skip
NO_EQUIPMENT = {"", "body only", "none (bodyweight exercise)", "none"}
LEGS = {"quadriceps", "hamstrings", "gluteus-maximus", "calves", "adductors", "gluteus-medius"}

_ONE_SIDE = re.compile(r"\b(one|single)[ -](arm|leg|hand)(ed|ged)?\b")
_LOWERED_FIRST = re.compile(
    r"squat|bench press|push-?up|\bdip|lunge|leg press|good morning|romanian|fly"
)


def read_catalogue(file: Path) -> Catalogue:
    """Read the JSON of free-exercise-db, or of wger's exerciseinfo.

    Raises:
        LibraryError: it cannot be opened, or is neither.
    """
    content = _content_of(file)
    if isinstance(content, Mapping) and isinstance(content.get("results"), list):
        return _gathered(content["results"], _from_wger)
    if isinstance(content, list):
        return _gathered(content, _from_free_exercise_db)
    msg = "is neither of free-exercise-db nor of wger"
    raise LibraryError(msg, place=str(file), remedy="give a list of exercises as JSON")


def _content_of(file: Path) -> Any:
    try:
        if file.stat().st_size > MOST_BYTES:
            msg = f"has more than {MOST_BYTES:,} bytes"
            raise LibraryError(msg, place=str(file), remedy="give the catalogue's own file")
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        msg = f"cannot be opened: {error.strerror or error}"
        raise LibraryError(msg, place=str(file), remedy="check the path") from error
    except (ValueError, RecursionError) as error:
        msg = f"is not JSON: {error}"
        raise LibraryError(msg, place=str(file), remedy="fetch it again") from error


def _gathered(
    items: list[Any], reader: Callable[[Mapping[str, Any]], Exercise | LeftOut]
) -> Catalogue:
    exercises: dict[str, Exercise] = {}
    left_out: list[LeftOut] = []
    for item in items:
        read = reader(item) if isinstance(item, Mapping) else LeftOut(shown(item), "no exercise")
        if isinstance(read, LeftOut):
            left_out.append(read)
        elif read.id in exercises:
            left_out.append(LeftOut(read.name, "is there twice"))
        else:
            exercises[read.id] = read
    return Catalogue(tuple(exercises.values()), tuple(left_out))


def _from_free_exercise_db(item: Mapping[str, Any]) -> Exercise | LeftOut:
    name = _text(item.get("name"))
    equipment = _text(item.get("equipment")).lower()
    stretch = _text(item.get("category")) == "stretching"
    static = _text(item.get("force")) == "static"
    return _made(
        name,
        instructions=[_text(one) for one in _listed(item.get("instructions"))],
        primary=[_text(one) for one in _listed(item.get("primaryMuscles"))],
        secondary=[_text(one) for one in _listed(item.get("secondaryMuscles"))],
        equipment=[equipment],
        held=stretch or static,
        source=f"free-exercise-db, {_text(item.get('id')) or name}, Unlicense",
    )


def _from_wger(item: Mapping[str, Any]) -> Exercise | LeftOut:
    texts = (one for one in _mappings(item.get("translations")) if one.get("language") == ENGLISH)
    text = next(texts, None)
    if text is None:
        return LeftOut(f"number {item.get('id')}", "has no English text")
    name = _text(text.get("name"))
    licence = item.get("license")
    credit = (
        f"wger {item.get('uuid') or item.get('id')}",
        _text(text.get("license_author")) or _text(item.get("license_author")),
        _text(licence.get("short_name")) if isinstance(licence, Mapping) else "",
    )
    return _made(
        name,
        instructions=list(_paragraphs(_text(text.get("description")))),
        primary=_names(item.get("muscles")),
        secondary=_names(item.get("muscles_secondary")),
        equipment=[_text(each.get("name")).lower() for each in _mappings(item.get("equipment"))],
        held=False,
        source=", ".join(part for part in credit if part),
        aliases=[_text(each.get("alias")) for each in _mappings(text.get("aliases"))],
    )


def _made(
    name: str,
    *,
    instructions: list[str],
    primary: list[str],
    secondary: list[str],
    equipment: list[str],
    held: bool,
    source: str,
    aliases: list[str] | None = None,
) -> Exercise | LeftOut:
    """Return the exercise of these particulars, or why there is none."""
    said = spoken_name(name)
    if fault_of_name(said):
        return LeftOut(name or source, "has no name that can be said")
    if not instructions:
        return LeftOut(name, "has no instructions")
    cues = cues_of(instructions)
    if not cues:
        return LeftOut(name, "has no instruction short enough to be said")
    first = tuple(dict.fromkeys(MUSCLES[one.lower()] for one in primary if one.lower() in MUSCLES))
    others = (MUSCLES[one.lower()] for one in secondary if one.lower() in MUSCLES)
    lower = said.lower()
    kind = ExerciseKind.EACH_SIDE if _ONE_SIDE.search(lower) else ExerciseKind.REPS
    return Exercise(
        id=id_of(said),
        name=said,
        aliases=tuple(filter(None, map(spoken_name, aliases or ()))),
        kind=ExerciseKind.HOLD if held else kind,
        implement=next((IMPLEMENTS[e] for e in equipment if e in IMPLEMENTS), Implement.BODYWEIGHT),
        first_phase=Phase.ECCENTRIC if _LOWERED_FIRST.search(lower) else Phase.CONCENTRIC,
        primary=first,
        secondary=tuple(dict.fromkeys(one for one in others if one not in first)),
        equipment=tuple(one for one in equipment if one not in NO_EQUIPMENT),
        cues=Cues(setup=cues[: len(cues) // 3], execute=cues[len(cues) // 3 :]),
        lower_body=bool(first) and first[0] in LEGS,
        source=source[:300],
    )


def _paragraphs(description: str) -> Iterator[str]:
    """Yield the paragraphs and list items of a description in HTML."""
    text = re.sub(r"<(?:/p|/li|br ?/?|/h\d)>", "\n", description, flags=re.IGNORECASE)
    text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    for line in text.splitlines():
        if line.strip():
            yield line.strip() if line.strip()[-1] in ".!?" else f"{line.strip()}."


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [one for one in _listed(value) if isinstance(one, Mapping)]


def _names(value: object) -> list[str]:
    return [_text(each.get("name_en")) or _text(each.get("name")) for each in _mappings(value)]
