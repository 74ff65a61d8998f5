"""The best sets before a session: read from the log as all its sets would give them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.runtime.bests import bests_before, body_of
from voicecoach.session.facts import BodyweightLogged, Fact, SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.hard_sets import last_weighed, of_exercise
from voicecoach.training.prescription import SetKind
from voicecoach.training.records import Bests, bests_by_form
from voicecoach.units import Load, Unit

BEGUN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

a_result = st.one_of(
    st.builds(
        SetResult,
        reps=st.none() | st.integers(0, 15),
        load=st.none() | st.builds(Load, st.sampled_from((0, 20_000, 40_000, 42_500, 60_000))),
        pain=st.sampled_from((False, False, False, True)),
    ),
    st.builds(SetResult, hold_s=st.integers(0, 60), load=st.none() | st.just(Load(0))),
)
a_set = st.tuples(
    st.sampled_from(("deadlift", "pull-up")),
    st.sampled_from((None, "sumo")),
    st.sampled_from(SetKind),
    a_result,
)
sessions = st.lists(st.lists(a_set, max_size=6), max_size=5)


def kept(log: TrainingLog, number: int, facts: Sequence[Fact]) -> None:
    """Keep a session, a day after the one before."""
    log.begin_logbook(f"s{number}", BEGUN + timedelta(days=number), Unit.KG, facts)


def logged(number: int, told: tuple[str, str | None, SetKind, SetResult]) -> SetLogged:
    exercise, variation, kind, result = told
    return SetLogged(
        at_ms=1000 * number,
        set_id=f"{number}",
        block=0,
        number=number,
        exercise=exercise,
        variation=variation if exercise == "deadlift" else None,
        kind=kind,
        low=None,
        high=None,
        result=result,
        source="typed",
    )


def worth(bests: Bests) -> object:
    """Return what a record has to beat; of two sets worth the same either may stand for both."""
    return (
        bests.sessions,
        [(one.reps, one.load) for one in bests.repeated],
        [(one.hold_s, one.load) for one in bests.held],
        bests.strongest and bests.strongest.estimate,
        bests.biggest and bests.biggest.volume_g,
    )


@given(done=sessions, weighed=st.lists(st.none() | st.integers(70, 90), min_size=5, max_size=5))
@settings(max_examples=40, deadline=None)
def test_what_is_to_beat_is_what_all_sets_before_come_to(
    done: list[list[tuple[str, str | None, SetKind, SetResult]]],
    weighed: list[int | None],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    exercises = {name: Library().exercise(name) for name in ("deadlift", "pull-up")}
    with TrainingLog.open(tmp_path_factory.mktemp("log") / "log.sqlite3") as log:
        for number, (sets, kg) in enumerate(zip(done, weighed, strict=False)):
            said = [BodyweightLogged(at_ms=0, entry_id="w", weight=Load.kg(kg))] if kg else []
            kept(log, number, [*said, *(logged(place, one) for place, one in enumerate(sets, 1))])
        found = {
            (one.exercise, one.variation): worth(one.bests)
            for one in bests_before(log, exercises.values(), without="s1")
        }
        weights = [(one.at.date(), one.weight) for one in log.bodyweights()]
        every = bests_by_form(
            of_exercise(one, exercises[one.exercise], last_weighed(weights))
            for one in log.hard_sets(without="s1")
        )
    assert found == {form: worth(bests) for form, bests in every.items()}


def test_of_equal_sets_the_first_is_the_one_to_beat(tmp_path: Path) -> None:
    with TrainingLog.open(tmp_path / "log.sqlite3") as log:
        for number in range(3):
            result = SetResult(reps=5, load=Load.kg(100))
            kept(log, number, [logged(1, ("deadlift", None, SetKind.WORKING, result))])
        (found,) = bests_before(log, [Library().exercise("deadlift")])
    assert found.bests.strongest is not None
    assert found.bests.strongest.day == date(2026, 1, 5)


def test_the_body_is_as_it_was_weighed_last(tmp_path: Path) -> None:
    with TrainingLog.open(tmp_path / "log.sqlite3") as log:
        assert body_of(log) is None
        for number, kg in enumerate((82, 81)):
            fact = BodyweightLogged(at_ms=0, entry_id="w", weight=Load.kg(kg))
            kept(log, number, [fact])
        assert body_of(log) == Load.kg(81)
