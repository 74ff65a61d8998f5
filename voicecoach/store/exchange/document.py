"""The log as one JSON document, schema `voicecoach.log/1`: workouts, and in each its sets."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, TextIO, TypeVar

from voicecoach.errors import ExchangeError, UnitError, shown
from voicecoach.session.facts import SetResult
from voicecoach.store.exchange.dates import instant_of
from voicecoach.store.exchange.notation import Evidence, Notation, without_unfit
from voicecoach.store.exchange.rows import (
    ImportedSet,
    ImportedWorkout,
    RowFinding,
    UnreadableRow,
)
from voicecoach.store.exchange.table import Progress
from voicecoach.store.exchange.workouts import LoggedWorkout
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Rpe, Unit

E = TypeVar("E", bound=Enum)

SCHEMA = "voicecoach.log/1"
APP = "voicecoach"

MOST = 10**9
"""No number of a log is larger."""

LONGEST_WORKOUT = 1 << 24
"""Characters of one workout: more are no workout."""

_CHUNK = 1 << 16


def write_document(workouts: Iterable[LoggedWorkout], stream: TextIO) -> int:
    """Write workouts, a line each, as one document; return how many sets there are."""
    count = 0
    stream.write(f'{{"schema": "{SCHEMA}", "workouts": [')
    for nth, workout in enumerate(workouts):
        stream.write(",\n" if nth else "\n")
        json.dump(_workout_as_json(workout), stream, ensure_ascii=False)
        count += len(workout.sets)
    stream.write("\n]}\n")
    return count


def _workout_as_json(workout: LoggedWorkout) -> dict[str, Any]:
    session = workout.session
    return {
        "id": session.id,
        "started": session.started_at.isoformat(),
        "routine": session.routine,
        "workout": session.workout,
        "unit": session.unit.value,
        "note": session.note,
        "duration_seconds": session.duration_s,
        "finished_ms": session.finished_ms,
        "completed": session.completed,
        "sets": [_set_as_json(one) for one in workout.sets],
    }


def _set_as_json(one: PerformedSet) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "exercise": one.exercise,
        "variation": one.variation,
        "set": one.number,
        "kind": one.kind.value,
        "reps": one.reps,
        "hold_seconds": one.hold_s,
        "load_g": None if one.load is None else one.load.grams,
        "rpe": None if one.rpe is None else float(one.rpe.value),
        "low": one.low,
        "high": one.high,
        "effort": one.effort,
        "pain": one.pain,
        "note": one.note,
        "source": one.source,
    }


def is_document(file: Path) -> bool:
    """Tell whether a file begins as a JSON document does."""
    try:
        with file.open("rb") as stream:
            return stream.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    except OSError:
        return False  # whoever opens it next says why


class DocumentSource:
    """A document that `write_document` wrote, read workout by workout.

    A finding's line is that on which its workout begins.
    """

    name = "json"
    app = "voicecoach"
    names_no_unit = False
    is_our_own = True

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self.size = file.stat().st_size
        except OSError as error:
            raise _unreadable(file, error) from error

    def evidence(self) -> Evidence:
        """Return that there is nothing to ask."""
        return Evidence(orders=frozenset())

    def sets(
        self,
        notation: Notation,  # noqa: ARG002  # as all sources
        progress: Progress | None = None,
    ) -> Iterator[ImportedSet | RowFinding]:
        """Yield every set.

        Raises:
            ExchangeError: it is no such document, or is cut short.
        """
        for line, value in self._workouts(progress):
            try:
                workout = _workout(value)
                sets = _field(value, "sets", list)
            except (UnreadableRow, UnitError) as error:
                yield RowFinding(line=line, problem=f"a workout: {error}")
                continue
            for one in sets:
                try:
                    yield _set(line, workout, one)
                except (UnreadableRow, UnitError) as error:
                    yield RowFinding(line=line, problem=f"a set: {error}")

    def _workouts(self, progress: Progress | None) -> Iterator[tuple[int, Any]]:
        """Yield every workout with its line, holding one of them at a time."""
        decoder = json.JSONDecoder(parse_float=Decimal)
        try:
            with self._file.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig") as stream:
                reading = _Reading(stream, str(self._file))
                reading.expect("{")
                schema = None
                while (key := reading.value(decoder)) != "workouts":
                    reading.expect(":")
                    value = reading.value(decoder)
                    schema = value if key == "schema" else schema
                    reading.expect(",")
                if schema != SCHEMA:
                    problem = f"its schema is {shown(schema)}, not {SCHEMA}"
                    raise reading.fault(problem)
                reading.expect(":")
                reading.expect("[")
                if reading.peek() == "]":
                    return
                while True:
                    yield reading.line, reading.value(decoder)
                    if progress:
                        progress(raw.tell())
                    if reading.peek() == "]":
                        return
                    reading.expect(",")
        except UnicodeDecodeError as error:
            msg = "is not text in UTF-8"
            raise ExchangeError(msg, place=str(self._file), remedy="export it again") from error
        except OSError as error:
            raise _unreadable(self._file, error) from error


class _Reading:
    """A place in a JSON text of which only the part that is being read is held."""

    def __init__(self, stream: TextIO, place: str) -> None:
        self._stream = stream
        self._place = place
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1

    def fault(self, problem: str) -> ExchangeError:
        """Return the error that there is at this place."""
        place = f"{self._place}:{self.line}"
        return ExchangeError(problem, place=place, remedy="export it again")

    def peek(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            rest = self._text[self._at :]
            bare = rest.lstrip()
            self.line += rest[: len(rest) - len(bare)].count("\n")
            self._at += len(rest) - len(bare)
            if bare or not self._more():
                return bare[:1]

    def expect(self, mark: str) -> None:
        """Pass over `mark`. Raises ExchangeError where it is not there."""
        if self.peek() != mark:
            raise self.fault(
                "the document ends too early" if self._ended else "is no such document"
            )
        self._at += 1

    def value(self, decoder: json.JSONDecoder) -> Any:
        """Return the next value, whole. Raises ExchangeError where there is none."""
        self.peek()
        wanted = _CHUNK
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                # Perhaps it only goes on in the next part; each try has twice as much.
                if len(self._text) - self._at > LONGEST_WORKOUT or not self._more(wanted):
                    problem = "what stands here is no JSON, or is cut short"
                    raise self.fault(problem) from error
                wanted *= 2
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _more(self, size: int = _CHUNK) -> bool:
        """Read on, and let go of what was read before; tell whether there was more."""
        part = self._stream.read(size)
        self._text = self._text[self._at :] + part
        self._at = 0
        self._ended = not part
        return bool(part)


def _workout(value: Any) -> ImportedWorkout:
    return ImportedWorkout(
        app=APP,
        key=_name(value, "id"),
        id=_name(value, "id"),
        title=_text(value, "workout"),
        unit=_one_of(Unit, value, "unit"),
        note=_text(value, "note"),
        duration_s=_count(value, "duration_seconds"),
        routine=_text(value, "routine"),
        started_at=_instant(value, "started"),
        finished_ms=_count(value, "finished_ms"),
        completed=_field(value, "completed", bool),
    )


def _set(line: int, workout: ImportedWorkout, value: Any) -> ImportedSet:
    exercise = _name(value, "exercise")
    grams = _count(value, "load_g")
    rpe = value.get("rpe")
    if rpe is not None and (isinstance(rpe, bool) or not isinstance(rpe, int | Decimal)):
        msg = f"an RPE of {shown(rpe)} is no number"
        raise UnreadableRow(msg)
    return ImportedSet(
        line=line,
        workout=workout,
        at=_instant(value, "at"),
        exercise=exercise,
        kind=_one_of(SetKind, value, "kind"),
        result=SetResult(
            reps=_count(value, "reps"),
            hold_s=_count(value, "hold_seconds"),
            load=None if grams is None else Load(grams),
            rpe=None if rpe is None else Rpe(Decimal(rpe)),
            effort=_text_or_none(value, "effort"),
            pain=_field(value, "pain", bool),
            note=_text(value, "note"),
        ),
        id=_name(value, "id"),
        number=_count(value, "set"),
        variation=_text_or_none(value, "variation"),
        low=_count(value, "low"),
        high=_count(value, "high"),
        source=_text(value, "source"),
    )


def _field(value: Any, key: str, kind: type) -> Any:
    """Return a field of an object. Raises UnreadableRow where there is none of that kind."""
    found = value.get(key) if isinstance(value, dict) else None
    if type(found) is not kind:
        msg = f"there is no {key}" if found is None else f"{key} is {shown(found)}"
        raise UnreadableRow(msg)
    return found


def _text(value: Any, key: str) -> str:
    return without_unfit(_field(value, key, str))


def _text_or_none(value: Any, key: str) -> str | None:
    return _text(value, key) if value.get(key) is not None else None


def _count(value: Any, key: str) -> int | None:
    """Return a whole number, None where nothing is held."""
    if value.get(key) is None:
        return None
    number: int = _field(value, key, int)
    if not 0 <= number <= MOST:
        msg = f"{key} is {shown(number)}"
        raise UnreadableRow(msg)
    return number


def _name(value: Any, key: str) -> str:
    """Return a text that must not be empty."""
    text = _text(value, key)
    if not text:
        msg = f"{key} is empty"
        raise UnreadableRow(msg)
    return text


def _one_of(kind: type[E], value: Any, key: str) -> E:
    text = _field(value, key, str)
    try:
        return kind(text)
    except ValueError:
        msg = f"{key} is {shown(text)}"
        raise UnreadableRow(msg) from None


def _instant(value: Any, key: str) -> datetime:
    text = _field(value, key, str)
    if (at := instant_of(text)) is None:
        msg = f"{key} is {shown(text)}, no instant with its offset from UTC"
        raise UnreadableRow(msg)
    return at


def _unreadable(file: Path, error: OSError) -> ExchangeError:
    problem = f"cannot be read: {error.strerror or error}"
    return ExchangeError(problem, place=str(file), remedy="check the path and your rights")
