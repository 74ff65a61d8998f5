"""What a plan is made from, read back from the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.runtime.opening import training_history
from voicecoach.session.facts import Fact, SessionFinished, SetLogged, SetResult, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.planning import plan
from voicecoach.training.prescription import (
    ProgressRule,
    RepTarget,
    SetKind,
    WorkoutPrescription,
)
from voicecoach.training.routine import Block, Routine, Workout
from voicecoach.units import Load

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
LIBRARY = Library()

# Reps, kilograms, and whether the set was undone.
sessions = st.lists(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from([60, 80, 100]), st.booleans()),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=3,
)

Sets = Sequence[Sequence[tuple[int, int, bool]]]


def routine(rule: str) -> Routine:
    block = Block(exercise="squat", sets=2, reps=RepTarget(5, 5), progress=ProgressRule(rule=rule))
    return Routine(id="mine", name="Mine", workouts=(Workout(name="A", blocks=(block,)),))


def facts_of(sets: Sequence[tuple[int, int, bool]], day: int) -> list[Fact]:
    facts: list[Fact] = []
    for number, (reps, kg, undone) in enumerate(sets, 1):
        at_ms, set_id = number * 180_000, f"{day}-{number}"
        facts.append(
            SetLogged(
                at_ms=at_ms,
                set_id=set_id,
                block=0,
                number=number,
                exercise="squat",
                variation=None,
                kind=SetKind.WORKING,
                low=5,
                high=5,
                result=SetResult(reps=reps, load=Load.kg(kg)),
                source="voice",
            )
        )
        if undone:
            facts.append(SetVoided(at_ms=at_ms + 5_000, set_id=set_id))
    return [*facts, SessionFinished(at_ms=3_600_000, completed=True)]


def planned(file: Path, history: Sets, rule: str, *, with_undone: bool) -> WorkoutPrescription:
    """Return what is planned after `history`, which was logged with its undone sets or without."""
    mine = routine(rule)
    with TrainingLog.open(file) as log:
        for day, sets in enumerate(history):
            session = f"day-{day}"
            began = WorkoutPrescription(routine="mine", name="Mine", workout="A", blocks=())
            log.begin_session(session, MONDAY + timedelta(days=2 * day), began)
            facts = facts_of(sets, day)
            undone = {fact.set_id for fact in facts if isinstance(fact, SetVoided)}
            log.append(
                session,
                facts
                if with_undone
                else [
                    fact
                    for fact in facts
                    if not isinstance(fact, SetLogged | SetVoided) or fact.set_id not in undone
                ],
            )
        history_now = training_history(log, mine, MONDAY + timedelta(days=9))
    return plan(mine, None, LIBRARY.exercise, history_now)


@given(history=sessions, rule=st.sampled_from(["double", "linear", "531"]))
@settings(max_examples=8)
def test_an_undone_set_changes_what_comes_next_as_if_it_never_was(history: Sets, rule: str) -> None:
    with TemporaryDirectory() as folder:
        with_undone = planned(Path(folder) / "with.sqlite3", history, rule, with_undone=True)
        without = planned(Path(folder) / "without.sqlite3", history, rule, with_undone=False)
    assert with_undone == without
