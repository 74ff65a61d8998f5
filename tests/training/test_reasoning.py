"""Why an exercise is planned as it is: what counted, what did not, and what led there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from voicecoach.training.advice import Reason
from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.judging import LoadSource
from voicecoach.training.performance import PerformedSet
from voicecoach.training.planning import Log, Named
from voicecoach.training.prescription import ProgressRule, RepTarget, SetKind
from voicecoach.training.reasoning import Reasoning, Verdict, reasons
from voicecoach.training.routine import Block, PercentLoad, Routine, Workout
from voicecoach.units import Load

Sets = Callable[..., tuple[PerformedSet, ...]]

NOW = datetime(2026, 1, 12, 18, 0, tzinfo=UTC)
DEADLIFT = Exercise(
    id="deadlift",
    name="deadlift",
    implement=Implement.BARBELL,
    variations=tuple(
        Variation(id=one, name=f"{one} deadlift", changes="stance")
        for one in ("conventional", "sumo")
    ),
)


def lookup(exercise: str) -> Exercise:
    return {"deadlift": DEADLIFT}[exercise]


def why(*sets: PerformedSet, undone: tuple[PerformedSet, ...] = (), **block: object) -> Reasoning:
    """Return why three sets of four to six are planned, by the routine that `sets` were of."""
    usual = {"sets": 3, "reps": RepTarget(4, 6), "progress": ProgressRule(rule="double")}
    workout = Workout(name="A", blocks=(Block(exercise="deadlift", **(usual | block)),))  # type: ignore[arg-type]
    routine = Routine(id="full-back", name="Full back", workouts=(workout,))
    (one,) = reasons(routine, "deadlift", lookup, Log.until(NOW, sets, ()), voided=undone)
    return one


def verdicts(weighed: tuple[object, ...]) -> list[Verdict]:
    return [one.verdict for one in weighed]  # type: ignore[attr-defined]


def test_every_set_of_the_session_judged_has_its_verdict(sets: Sets) -> None:
    warmup, first, pain, light, open_, drop, last, other = sets(
        "deadlift", [5, 6, 6, 6, 6, 6, 6, 6], ["60", "100", "100", "90", "100", "80", "100", "100"]
    )
    one = why(
        replace(warmup, kind=SetKind.WARMUP),
        first,
        replace(pain, pain=True),
        light,
        replace(open_, reps=None),
        replace(drop, kind=SetKind.DROP),
        replace(other, low=8, high=12),
        undone=(last,),
    )
    assert verdicts(one.weighed) == [
        Verdict.WARMUP,
        Verdict.COUNTED,
        Verdict.PAIN,
        Verdict.LIGHTER,
        Verdict.OPEN,
        Verdict.DROP,
        Verdict.VOIDED,
        Verdict.OTHER_AIM,
    ]
    assert [weighed.verdict.counts for weighed in one.weighed].count(True) == 1
    assert one.advice is not None
    assert (one.advice.reason, one.source) == (Reason.SETS_MISSING, LoadSource.ADVICE)


def test_what_was_done_since_and_is_not_looked_at_says_why(sets: Sets) -> None:
    one = why(
        *sets("deadlift", [6, 6, 6], "100"),
        *sets("deadlift", [6], "90", on=2, variation="sumo"),
        *sets("deadlift", [10], "60", on=3, routine="other"),
    )
    assert verdicts(one.weighed) == [Verdict.COUNTED] * 3
    assert verdicts(one.passed_over) == [Verdict.OTHER_FORM, Verdict.OTHER_ROUTINE]


def test_the_ordinary_form_goes_by_two_names(sets: Sets) -> None:
    one = why(
        *sets("deadlift", [6, 6, 6], "100"),
        *sets("deadlift", [12], "60", on=2, variation="conventional", low=8, high=12),
    )
    assert verdicts(one.passed_over) == [Verdict.OTHER_AIM]


def test_the_sessions_of_a_streak_are_all_told(sets: Sets) -> None:
    misses = [one for day in range(5) for one in sets("deadlift", [3, 3, 3], "100", on=day)]
    one = why(*misses, progress=ProgressRule(rule="linear"))
    assert [session.fell_short for session in one.earlier] == [True] * 4
    assert [session.at.day for session in one.earlier] == [8, 7, 6, 5]  # the latest first
    assert one.earlier[0].amounts == (3, 3, 3)


def test_a_share_of_the_maximum_leads_back_to_the_set_that_showed_it(sets: Sets) -> None:
    strong, weak = sets("deadlift", [6, 4], ["100", "100"])
    one = why(strong, weak, load=PercentLoad(Decimal(85)), progress=ProgressRule(rule="percent"))
    assert one.maximum is not None
    assert (one.maximum.load, one.maximum.shown_by) == (Load.kg(120), strong)
    assert why(strong).maximum is None  # no load goes by it


@pytest.mark.parametrize(
    ("block", "source"),
    [
        ({}, LoadSource.ASKED),
        ({"load": PercentLoad(Decimal(85))}, LoadSource.ASKED),
        ({"progress": ProgressRule(rule="531"), "reps": RepTarget(5, 5)}, LoadSource.ASKED),
    ],
)
def test_where_nothing_is_known_the_load_is_asked_for(
    block: dict[str, object], source: LoadSource
) -> None:
    one = why(**block)
    assert (one.source, one.advice, one.weighed, one.earlier) == (source, None, (), ())


def test_a_named_load_or_maximum_is_named_as_the_source() -> None:
    workout = Workout(
        name="A", blocks=(Block(exercise="deadlift", sets=3, load=PercentLoad(Decimal(85))),)
    )
    block = replace(workout.blocks[0], reps=RepTarget(4, 6))
    routine = Routine(id="mine", name="Mine", workouts=(replace(workout, blocks=(block,)),))
    for named, source in (
        (Named(loads={"deadlift": Load.kg(90)}), LoadSource.NAMED),
        (Named(one_rep_maxes={"deadlift": Load.kg(120)}), LoadSource.MAXIMUM),
    ):
        (one,) = reasons(routine, "deadlift", lookup, Log(), named=named)
        assert one.source is source


def test_time_away_is_part_of_the_reasons(sets: Sets) -> None:
    one = why(*sets("deadlift", [6, 6, 6], "100"))
    assert one.away is None
    workout = Workout(
        name="A",
        blocks=(
            Block(exercise="deadlift", reps=RepTarget(4, 6), progress=ProgressRule(rule="double")),
        ),
    )
    routine = Routine(id="full-back", name="Full back", workouts=(workout,))
    late = Log.until(NOW + timedelta(days=30), sets("deadlift", [6, 6, 6], "100"), ())
    (one,) = reasons(routine, "deadlift", lookup, late)
    assert one.away is not None
    assert (one.away.days, one.away.percent) == (37, 25)
