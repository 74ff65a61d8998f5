"""A year of training made by hand, as a report sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from voicecoach.report.overview import Overview, overview_of
from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.muscle import Muscle
from voicecoach.units import Load, Unit

TODAY = date(2026, 11, 22)  # a Sunday
WICKED = "</title><script>parent.harmed = window.harmed = 1</script><img src=x onerror=alert(1)>"

FORMS = tuple(Variation(id=n, name=f"{n} deadlift", changes="stance") for n in ("usual", "sumo"))
EXERCISES = {
    "deadlift": Exercise(
        id="deadlift",
        name="deadlift",
        implement=Implement.BARBELL,
        primary=("lats", "lower-back"),
        variations=FORMS,
    ),
    "pull-up": Exercise(id="pull-up", name="pull-up", primary=("lats",), secondary=("biceps",)),
    "plank": Exercise(id="plank", name="plank", primary=("abs",)),
}
MUSCLES = {
    id_: Muscle(id=id_, name=name, region="back", main=True, where="", does="")
    for id_, name in (
        ("lats", "latissimus dorsi"),
        ("lower-back", "erector spinae"),
        ("biceps", "biceps"),
        ("abs", "abdominals"),
        ("calves", "calves"),
    )
}

Sets = list[HardSet]
Overviews = Callable[..., Overview]


def year() -> Sets:
    """Twelve months, twice a week: deadlifts that grow, pull-ups that stall, planks, a stranger."""
    sets: Sets = []
    start = TODAY - timedelta(days=363)
    for number in range(0, 364, 7):
        for offset in (0, 3):
            day = start + timedelta(days=number + offset)
            session = f"{day}"
            grams = 80_000 + 500 * number
            for exercise, variation, reps, hold, load in (
                ("deadlift", "sumo" if offset else None, 5, None, grams),
                ("deadlift", "sumo" if offset else None, 5, None, grams),
                ("pull-up", None, 8, None, 0),
                ("plank", None, None, 30 + number // 7, 0),
                (WICKED, None, 10, None, 20_000),
            ):
                sets.append(HardSet(day, session, exercise, variation, reps, hold, Load(load)))
    return sets


@pytest.fixture(scope="session")
def overview() -> Overviews:
    """Return the overview of sets, a year's by default."""

    def make(
        sets: Sets | None = None,
        *,
        unit: Unit = Unit.KG,
        today: date = TODAY,
        weights: Sequence[tuple[date, Load]] = (),
    ) -> Overview:
        made = year() if sets is None else sets
        return overview_of(made, EXERCISES.get, MUSCLES, today, unit, weights=weights)

    return make


@pytest.fixture(scope="session")
def one_set() -> HardSet:
    return HardSet(TODAY, "only", "deadlift", None, 5, None, Load.kg(100))


@pytest.fixture(scope="session")
def another() -> Callable[..., HardSet]:
    """Return a set with some of its fields changed."""
    return replace
