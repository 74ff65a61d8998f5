"""What is said beside the sets: bodyweights, notes, tested maxima, names of the lifter's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from voicecoach.store.reading import Reader, day_text, load_of, local_time
from voicecoach.training.maximum import MeasuredMax
from voicecoach.units import Load


class Bodyweight(NamedTuple):
    """What the lifter weighed once."""

    at: datetime  # aware, by the lifter's clock
    weight: Load


class Note(NamedTuple):
    """What the lifter wanted remembered, of a set or of the day."""

    at: datetime  # aware, by the lifter's clock
    text: str
    session: str
    set_id: str | None


class EntryReader(Reader):
    """The questions about entries. Each raises LogError where the log cannot be read."""

    def bodyweights(
        self, *, since: date | None = None, until: date | None = None
    ) -> tuple[Bodyweight, ...]:
        """Return what the lifter weighed, the oldest first; days as in `performed_sets`."""
        rows = self._entries("BodyweightLogged", "weight_g", since, until)
        return tuple(
            Bodyweight(local_time(at, offset), load_of(grams)) for at, offset, grams in rows
        )

    def notes(self, *, since: date | None = None, until: date | None = None) -> tuple[Note, ...]:
        """Return what the lifter noted, the oldest first; days as in `performed_sets`."""
        rows = self._entries("NoteTaken", "text, session, set_id", since, until)
        return tuple(Note(local_time(at, offset), *rest) for at, offset, *rest in rows)

    def _entries(
        self, kind: str, columns: str, since: date | None, until: date | None
    ) -> list[Any]:
        return self._rows(
            # The kind is text and no parameter: so the index over it is found.
            f"SELECT at, utc_offset_s, {columns} FROM standing_entry "  # noqa: S608 - fixed text, bound
            f"WHERE kind = '{kind}' AND at >= ? AND at < ? AND day BETWEEN ? AND ? "
            "ORDER BY at, seq",
            day_text(since or date.min, days=-1),
            day_text(until or date.max, days=2),
            day_text(since or date.min),
            day_text(until or date.max),
        )

    def tested_maxes(self) -> tuple[MeasuredMax, ...]:
        """Return the maxima that were tested on purpose, the oldest first."""
        rows = self._rows(
            "SELECT exercise, variation, fact.at, utc_offset_s, json_extract(body, '$.load') "
            "FROM fact JOIN session ON session.key = fact.session "
            "WHERE kind = 'MaxTested' ORDER BY fact.at, seq"
        )
        return tuple(
            MeasuredMax(
                exercise=exercise,
                variation=variation,
                at=local_time(at, offset),
                load=load_of(grams),
            )
            for exercise, variation, at, offset, grams in rows
        )

    def aliases(self) -> dict[str, tuple[str, str | None]]:
        """Return the lifter's own names for exercises: each with the exercise and its variation.

        Of a name taught twice the later meaning holds.
        """
        rows = self._rows(
            "SELECT json_extract(body, '$.name'), exercise, variation FROM fact "
            "WHERE kind = 'AliasTaught' ORDER BY at, seq"
        )
        return {name: (exercise, variation) for name, exercise, variation in rows}

    def injury_answer(self) -> bool | None:
        """Return the latest answer to the question about back injuries, or None."""
        rows = self._rows(
            "SELECT json_extract(body, '$.injured') FROM fact "
            "WHERE kind = 'InjuryAnswered' ORDER BY at DESC, seq DESC LIMIT 1"
        )
        return bool(rows[0][0]) if rows else None
