"""What years of training come to: hard sets, the best of them, and sums by day and exercise."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from voicecoach.store.reading import Reader, day_of, load_of
from voicecoach.training.hard_sets import HardSet

# As the partial indexes have it, word for word: else SQLite does not take them.
_HARD = "kind IN ('working', 'failure') AND NOT pain AND (reps > 0 OR hold_s > 0)"


class DayTally(NamedTuple):
    """The hard sets of an exercise on a day, and their load times repetitions."""

    day: date
    exercise: str
    sets: int
    volume_g: int


class ExerciseTally(NamedTuple):
    """On how many days an exercise was trained, its hard sets, their volume, and when."""

    exercise: str
    days: int
    sets: int
    volume_g: int
    first: date
    last: date


class FormTally(NamedTuple):
    """In how many sessions an exercise was done in a variation, and its heaviest sets.

    `heaviest` has the set with the most load for each number of repetitions
    and of seconds, the first of its kind, in the order of time.
    """

    variation: str | None
    sessions: int
    heaviest: tuple[HardSet, ...]


class SumReader(Reader):
    """The questions about years of training. Each raises LogError where the log cannot be read."""

    def hard_sets(
        self,
        *,
        exercise: str | None = None,
        since: date | None = None,
        until: date | None = None,
        without: str | None = None,
    ) -> list[HardSet]:
        """Return hard sets in the order of time; those of the session `without` are left out.

        `since` and `until` are days as for `performed_sets`.
        """
        conditions = [_HARD]
        values: list[object] = []
        for condition, value in (
            ("exercise = ?", exercise),
            ("day >= ?", since and since.isoformat()),
            ("day <= ?", until and until.isoformat()),
            ("session IS NOT (SELECT key FROM session WHERE id = ?)", without),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        rows = self._rows(
            "SELECT day, session, exercise, variation, reps, hold_s, load_g FROM standing_set "  # noqa: S608 - every value is bound
            f"WHERE {' AND '.join(conditions)} ORDER BY day, session, seq",
            *values,
        )
        return [
            HardSet(
                day_of(day),
                str(session),
                exercise_id,
                variation,
                None if hold_s is not None else reps,
                hold_s,
                None if load_g is None else load_of(load_g),
            )
            for day, session, exercise_id, variation, reps, hold_s, load_g in rows
        ]

    def form_tallies(
        self, exercise: str, *, ordinary: str | None, without: str | None = None
    ) -> list[FormTally]:
        """Return what was done of an exercise in each of its variations.

        A set without a variation is one of the `ordinary` one. Sets of the
        session `without` are left out.
        """
        of_form = (
            f"FROM standing_set WHERE {_HARD} AND exercise = ? "  # noqa: S608 - fixed text
            "AND session IS NOT (SELECT key FROM session WHERE id = ?) "
        )
        values = (ordinary, exercise, without)
        rows = self._rows(
            "SELECT coalesce(variation, ?) AS form, reps, hold_s, load_g, min(day), session "
            f"{of_form} AND load_g IS NOT NULL "
            "GROUP BY form, hold_s, reps, load_g ORDER BY min(day), session",
            *values,
        )
        heaviest: dict[str | None, dict[tuple[int | None, int | None], HardSet]] = {}
        for form, reps, hold_s, load_g, day, session in rows:
            amount = (None if hold_s is not None else reps, hold_s)
            of_amount = heaviest.setdefault(form, {})
            load = load_of(load_g)
            known = of_amount.get(amount)
            if known is None or known.load is None or known.load < load:
                of_amount.pop(amount, None)  # so that they stay in the order of time
                of_amount[amount] = HardSet(
                    day_of(day), str(session), exercise, form, *amount, load
                )
        counts = self._rows(
            "SELECT coalesce(variation, ?) AS form, count(DISTINCT session) "
            f"{of_form} GROUP BY form",
            *values,
        )
        return [
            FormTally(form, sessions, tuple(heaviest.get(form, {}).values()))
            for form, sessions in counts
        ]

    def day_tallies(
        self, *, since: date | None = None, until: date | None = None
    ) -> list[DayTally]:
        """Return what was done of each exercise on each day, the oldest first."""
        rows = self._rows(
            "SELECT day, exercise, count(*), coalesce(sum(reps * load_g), 0) FROM standing_set "  # noqa: S608 - fixed text
            f"WHERE {_HARD} AND day >= ? AND day <= ? GROUP BY day, exercise",
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        )
        return [
            DayTally(day_of(day), exercise, sets, volume) for day, exercise, sets, volume in rows
        ]

    def exercise_tallies(
        self, *, since: date | None = None, until: date | None = None
    ) -> list[ExerciseTally]:
        """Return how often each exercise was trained, the one trained last first."""
        rows = self._rows(
            f"""
            SELECT exercise, count(*), sum(sets), sum(volume), min(day), max(day) FROM (
                SELECT
                    exercise, day, count(*) AS sets, coalesce(sum(reps * load_g), 0) AS volume
                FROM standing_set
                WHERE {_HARD} AND day >= ? AND day <= ? GROUP BY exercise, day
            ) GROUP BY exercise ORDER BY max(day) DESC, exercise""",  # noqa: S608 - fixed text
            (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        )
        return [
            ExerciseTally(exercise, days, sets, volume, day_of(first), day_of(last))
            for exercise, days, sets, volume, first, last in rows
        ]
