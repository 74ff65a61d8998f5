"""Sets as they stand in a log, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voicecoach.training.performance import PerformedSet
from voicecoach.units import Load

FIRST_DAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

Sets = Callable[..., tuple[PerformedSet, ...]]


@pytest.fixture
def day() -> Callable[[int], datetime]:
    """Return the evening so many days after the first."""
    return lambda days: FIRST_DAY + timedelta(days=days)


@pytest.fixture
def sets(day: Callable[[int], datetime]) -> Sets:
    """Return one session's sets of an exercise: `sets("deadlift", [6, 6, 5], "100", day=3)`.

    Loads are in kilograms, one for all or one for each; other fields as they are named.
    """

    def make(
        exercise: str,
        reps: list[int],
        kg: str | list[str] | None = None,
        *,
        on: int = 0,
        hold: bool = False,
        **fields: Any,
    ) -> tuple[PerformedSet, ...]:
        loads = kg if isinstance(kg, list) else [kg] * len(reps)
        given = {
            "session": f"day-{on}",
            "routine": "full-back",
            "workout": "A",
            "variation": None,
        } | fields
        return tuple(
            PerformedSet(
                id=f"{exercise}-{on}-{number}",
                at=day(on) + timedelta(minutes=number),
                exercise=exercise,
                number=number,
                reps=None if hold else amount,
                hold_s=amount if hold else None,
                load=None if load is None else Load.kg(load),
                **given,
            )
            for number, (amount, load) in enumerate(zip(reps, loads, strict=True), 1)
        )

    return make
