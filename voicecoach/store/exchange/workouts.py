"""The workouts of the log one after the other, as they are written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from voicecoach.store.queries import LogReader, SessionEntry
from voicecoach.training.performance import PerformedSet
from voicecoach.units import Load, Unit, plain


class LoggedWorkout(NamedTuple):
    """A session of the log with its sets as they stand; there is at least one."""

    session: SessionEntry
    sets: tuple[PerformedSet, ...]


def logged_workouts(
    log: LogReader, *, since: date | None = None, until: date | None = None
) -> Iterator[LoggedWorkout]:
    """Yield every workout with a set, the oldest first; its sets are read when it is asked for.

    `since` and `until` are the first and last day, both included, by the
    clock where the workout began.
    """
    for session in log.sessions():
        day = session.started_at.date()
        if (since and day < since) or (until and day > until):
            continue
        if sets := log.sets_of(session.id):
            yield LoggedWorkout(session, sets)


def written_load(load: Load | None, unit: Unit) -> str:
    """Return a load as a number: kilograms to the gram, pounds to two decimals."""
    if load is None:
        return ""
    if unit is Unit.LB:
        return f"{load.to(unit):f}"
    return f"{plain(Decimal(load.grams) / 1000):f}"
