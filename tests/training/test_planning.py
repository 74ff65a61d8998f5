"""From a routine and a log to the workout of the day, and from that to the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import LibraryError, PlanError
from voicecoach.training.advice import Reason
from voicecoach.training.exercise import Exercise, ExerciseKind, Implement, Variation
from voicecoach.training.loading import Equipment, loadable
from voicecoach.training.next_time import next_time
from voicecoach.training.performance import CompletedWorkout, PerformedSet
from voicecoach.training.planning import Log, Named, next_workout, plan
from voicecoach.training.prescription import (
    Away,
    BlockPrescription,
    HoldRange,
    HoldTarget,
    ProgressRule,
    RepTarget,
    SetKind,
    WorkoutPrescription,
)
from voicecoach.training.routine import (
    Block,
    BodyweightLoad,
    FixedLoad,
    PercentLoad,
    Routine,
    RpeLoad,
    Workout,
)
from voicecoach.units import Load, Rpe, Unit

GRIPS = ("shoulder-width", "wide", "narrow")

EXERCISES = {
    one.id: one
    for one in (
        Exercise(
            id="deadlift",
            name="deadlift",
            implement=Implement.BARBELL,
            lower_body=True,
            variations=(
                Variation(id="conventional", name="conventional deadlift", changes="stance"),
                Variation(id="sumo", name="sumo deadlift", changes="stance"),
                Variation(
                    id="hex-bar",
                    name="hex-bar deadlift",
                    changes="implement",
                    implement=Implement.HEX_BAR,
                ),
            ),
        ),
        Exercise(
            id="pull-up",
            name="pull-up",
            variations=(
                *(Variation(id=grip, name=f"{grip} pull-up", changes="grip") for grip in GRIPS),
                Variation(
                    id="weighted",
                    name="weighted pull-up",
                    changes="load",
                    implement=Implement.PLATE,
                ),
            ),
        ),
        Exercise(id="chin-up", name="chin-up"),
        Exercise(id="negative-chin-up", name="negative chin-up"),
        Exercise(id="flexed-arm-hang", name="flexed-arm hang", kind=ExerciseKind.HOLD),
        Exercise(id="dumbbell-row", name="dumbbell row", implement=Implement.DUMBBELL),
        Exercise(id="cable-row", name="cable row", implement=Implement.CABLE),
    )
}
SIX = RepTarget(4, 6)
DOUBLE = ProgressRule(rule="double", step_load=Load.lb(5))
DEADLIFT = Block(exercise="deadlift", reps=SIX, load=PercentLoad(Decimal(85)), progress=DOUBLE)
PULL_UP = Block(
    exercise="pull-up",
    reps=SIX,
    load=BodyweightLoad(),
    instead=("chin-up",),
    vary=GRIPS,
    progress=DOUBLE,
)
ROW = Block(exercise="dumbbell-row", reps=SIX, progress=DOUBLE)
LADDER = Block(
    exercise="flexed-arm-hang",
    hold=HoldRange(5, 20),
    progress=ProgressRule(rule="ladder", step_s=5),
    then=(
        Block(exercise="negative-chin-up", reps=RepTarget(3, 5)),
        Block(exercise="pull-up", reps=SIX),
        Block(exercise="pull-up", vary=("weighted",), reps=SIX),
    ),
)

Sets = Callable[..., tuple[PerformedSet, ...]]
Day = Callable[[int], datetime]


def lookup(exercise_id: str) -> Exercise:
    try:
        return EXERCISES[exercise_id]
    except KeyError:
        raise LibraryError(exercise_id) from None


def routine(*blocks: Block, names: tuple[str, ...] = ("A", "B"), **more: object) -> Routine:
    workouts = tuple(Workout(name=name, blocks=blocks) for name in names)
    return Routine(id="full-back", name="Full back", workouts=workouts, **more)  # type: ignore[arg-type]


def log_of(*sessions: Iterable[PerformedSet], completed: bool = True) -> Log:
    """Return a log of whole sessions, each a workout led to its end."""
    sets = tuple(one for session in sessions for one in session)
    ends = {one.session: one for one in sets} if completed else {}
    return Log(
        sets=sets,
        completed=tuple(
            CompletedWorkout(session=one.session, at=one.at, routine=one.routine, workout="A")
            for one in ends.values()
        ),
    )


def planned(block: Block, *sessions: Iterable[PerformedSet], **more: object) -> BlockPrescription:
    """Return `block` as it is prescribed after `sessions`."""
    workout = plan(routine(block), "A", lookup, log_of(*sessions), **more)  # type: ignore[arg-type]
    return workout.blocks[0]


def load_of(block: BlockPrescription) -> Load | None:
    """Return the load of a block's sets, one for all."""
    (load,) = {one.load for one in block.sets}
    return load


def variation_of(block: BlockPrescription) -> str | None:
    return block.variation.id if block.variation else None


# Which workout


def completed(*workouts: str, routine_id: str = "full-back") -> tuple[CompletedWorkout, ...]:
    noon = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
    return tuple(
        CompletedWorkout(session=f"s{n}", at=noon, routine=routine_id, workout=name)
        for n, name in enumerate(workouts)
    )


@pytest.mark.parametrize(
    ("done", "due"),
    [
        ((), "A"),
        (("A",), "B"),
        (("A", "B"), "A"),
        (("A", "A"), "B"),
        (("B",), "A"),
        (("A", "Old day"), "B"),  # a day that the routine no longer has
        (("Old day",), "A"),
    ],
)
def test_workouts_take_turns_after_the_last_completed(done: tuple[str, ...], due: str) -> None:
    assert next_workout(routine(DEADLIFT), completed(*done)) == due


def test_another_routines_workouts_do_not_turn_this_one() -> None:
    assert next_workout(routine(DEADLIFT), completed("A", routine_id="legs")) == "A"


def test_the_order_written_down_wins_over_the_order_of_the_file() -> None:
    three = routine(DEADLIFT, names=("A", "B", "C"), rotate=("A", "C"))
    assert next_workout(three, completed("A")) == "C"
    assert next_workout(three, completed("A", "C")) == "A"


def test_a_workout_broken_off_comes_again(sets: Sets) -> None:
    log = log_of(sets("deadlift", [6], "100"), completed=False)
    assert plan(routine(DEADLIFT), None, lookup, log).workout == "A"


def test_a_workout_asked_for_by_name_is_taken_whatever_its_turn() -> None:
    assert plan(routine(DEADLIFT), "b", lookup, Log()).workout == "B"


@pytest.mark.parametrize(
    ("asked", "hint"), [("Legs", "it has Pull, Push"), ("Pul", "did you mean Pull?")]
)
def test_a_workout_that_is_not_there_is_told_with_what_is(asked: str, hint: str) -> None:
    with pytest.raises(PlanError) as refused:
        plan(routine(DEADLIFT, names=("Pull", "Push")), asked, lookup, Log())
    assert hint in str(refused.value)


def test_a_routine_without_a_workout_is_refused() -> None:
    with pytest.raises(PlanError, match="has no workout"):
        plan(Routine(id="empty", name="Empty", workouts=()), None, lookup, Log())


# Which variation


def test_one_variation_a_session_in_turn(sets: Sets) -> None:
    sessions = [sets("pull-up", [5], "0", on=day) for day in range(4)]
    turns = [variation_of(planned(PULL_UP, *sessions[:done])) for done in range(5)]
    assert turns == ["shoulder-width", "wide", "narrow", "shoulder-width", "wide"]


def test_a_session_broken_off_does_not_turn_the_variation(sets: Sets) -> None:
    log = log_of(sets("pull-up", [5], "0"), completed=False)
    block = plan(routine(PULL_UP), "A", lookup, log).blocks[0]
    assert variation_of(block) == "shoulder-width"


def test_a_workout_without_the_exercise_does_not_turn_its_variation(sets: Sets) -> None:
    assert variation_of(planned(PULL_UP, sets("deadlift", [5], "100"))) == "shoulder-width"


def test_an_exercise_taken_instead_turns_the_variation_too(sets: Sets) -> None:
    assert variation_of(planned(PULL_UP, sets("chin-up", [5], "0"))) == "wide"


def test_an_exercise_may_take_turns_with_another(sets: Sets) -> None:
    block = replace(ROW, vary=("dumbbell-row", "cable-row"))
    first, second = sets("dumbbell-row", [5], "20"), sets("cable-row", [5], "50", on=1)
    turns = [planned(block), planned(block, first), planned(block, first, second)]
    assert [one.exercise.id for one in turns] == ["dumbbell-row", "cable-row", "dumbbell-row"]


# How heavy


def test_a_first_load_is_a_share_of_the_maximum_named() -> None:
    named = Named(one_rep_maxes={"deadlift": Load.kg(120)})
    block = planned(DEADLIFT, named=named)
    assert (load_of(block), block.asks_load) == (Load.kg("102.5"), False)  # of 102


def test_a_share_of_the_maximum_follows_from_what_was_lifted_elsewhere(sets: Sets) -> None:
    elsewhere = sets("deadlift", [5, 5], "100", routine="legs")  # shows 116.7 kg
    assert load_of(planned(DEADLIFT, elsewhere)) == Load.kg(100)  # of 99.2


def test_an_exercise_that_nobody_knows_anything_of_is_asked_about() -> None:
    block = planned(DEADLIFT)
    assert (load_of(block), block.asks_load) == (None, True)


def test_bodyweight_is_never_asked_about() -> None:
    block = planned(PULL_UP)
    assert (load_of(block), block.asks_load) == (Load(0), False)


def test_a_weighted_variation_asks_for_its_first_weight(sets: Sets) -> None:
    weighted = replace(PULL_UP, vary=("weighted",))
    block = planned(weighted, sets("pull-up", [6], "0", variation="wide"))
    assert (load_of(block), block.asks_load) == (None, True)


def test_a_load_named_by_the_athlete_wins_over_everything(sets: Sets) -> None:
    named = Named(
        loads={"deadlift": Load.kg("91.3")}, one_rep_maxes={"deadlift": Load.kg(200)}
    )  # it lies there, whatever the plates
    assert load_of(planned(DEADLIFT, sets("deadlift", [6, 6, 6], "100"), named=named)) == Load.kg(
        "91.3"
    )


def test_a_maximum_named_by_the_athlete_wins_over_the_log(sets: Sets) -> None:
    named = Named(one_rep_maxes={"deadlift": Load.kg(200)})
    block = planned(DEADLIFT, sets("deadlift", [6, 6, 6], "100"), named=named)
    assert load_of(block) == Load.kg(170)


def test_a_load_written_in_the_routine_is_where_it_begins(sets: Sets) -> None:
    block = replace(ROW, load=FixedLoad(Load.kg(22)))
    assert load_of(planned(block)) == Load.kg(22)
    assert load_of(planned(block, sets("dumbbell-row", [6, 6, 6], "22"))) == Load.kg(24)


def test_a_written_load_that_cannot_be_made_becomes_the_nearest() -> None:
    assert load_of(planned(replace(ROW, load=FixedLoad(Load.kg("22.9"))))) == Load.kg(22)


def test_without_a_word_of_load_the_last_one_is_taken_again(sets: Sets) -> None:
    block = replace(ROW, progress=ProgressRule())
    log = (sets("dumbbell-row", [8, 8], ["18", "20"]), sets("dumbbell-row", [8], "16", on=1))
    assert load_of(planned(block, *log)) == Load.kg(16)


def test_exertion_is_turned_into_a_load_and_asked_about_afterwards() -> None:
    block = replace(DEADLIFT, load=RpeLoad(Rpe(Decimal(8))), progress=ProgressRule(rule="rpe"))
    named = Named(one_rep_maxes={"deadlift": Load.kg(100)})
    prescribed = planned(block, named=named)
    assert prescribed.asks_rpe
    assert load_of(prescribed) == Load.kg("77.5")  # six at 8 is 78.6 %


@pytest.mark.parametrize("unit", Unit)
def test_every_load_is_made_of_the_equipment_at_hand(unit: Unit) -> None:
    named = Named(one_rep_maxes={"deadlift": Load.kg("123.4")})
    workout = plan(routine(DEADLIFT, unit=unit), "A", lookup, Log(), named=named)
    assert load_of(workout.blocks[0]) in loadable(Implement.BARBELL, Equipment.usual(unit))


# How it goes on


def test_three_sets_at_the_top_add_the_step(sets: Sets) -> None:
    assert load_of(planned(DEADLIFT, sets("deadlift", [6, 6, 6], "100"))) == Load.kg("102.5")


def test_the_last_session_is_the_one_that_counts(sets: Sets) -> None:
    good, bad = sets("deadlift", [6, 6, 6], "110"), sets("deadlift", [4, 4, 4], "100", on=1)
    assert load_of(planned(DEADLIFT, good, bad)) == Load.kg(100)


@pytest.mark.parametrize("changes", [{"kind": SetKind.WARMUP}, {"pain": True}, {"reps": None}])
def test_what_does_not_count_is_as_if_it_never_was(sets: Sets, changes: dict[str, object]) -> None:
    three = sets("deadlift", [6, 6, 6], "100")
    other = replace(three[0], id="other", load=Load.kg(180), **changes)  # type: ignore[arg-type]
    assert planned(DEADLIFT, (other, *three)) == planned(DEADLIFT, three)


def test_a_new_variation_begins_where_the_exercise_stands(sets: Sets) -> None:
    block = replace(DEADLIFT, vary=("conventional", "sumo"))
    done = sets("deadlift", [6, 6, 6], "100", variation="conventional")  # shows 120 kg
    prescribed = planned(block, done)
    assert variation_of(prescribed) == "sumo"
    assert load_of(prescribed) == Load.kg("102.5")  # 85 % of it


def test_a_new_variation_with_another_implement_is_asked_about(sets: Sets) -> None:
    block = replace(DEADLIFT, vary=("conventional", "hex-bar"))
    prescribed = planned(block, sets("deadlift", [6, 6, 6], "100", variation="conventional"))
    assert variation_of(prescribed) == "hex-bar"
    assert prescribed.asks_load


def test_each_variation_goes_on_from_its_own_last_time(sets: Sets) -> None:
    block = replace(DEADLIFT, vary=("conventional", "sumo"))
    log = (
        sets("deadlift", [6, 6, 6], "100", variation="conventional"),
        sets("deadlift", [4, 4, 4], "80", variation="sumo", on=1),
    )
    assert load_of(planned(block, *log)) == Load.kg("102.5")


def test_after_time_away_each_variation_begins_lighter_in_its_turn(
    sets: Sets, day: Callable[[int], datetime]
) -> None:
    block = replace(DEADLIFT, vary=("conventional", "sumo"))
    before = (
        sets("deadlift", [6, 6, 6], "100", variation="conventional"),
        sets("deadlift", [4, 4, 4], "90", variation="sumo", on=3),
    )
    back = sets("deadlift", [4, 4, 4], "80", variation="conventional", on=31)

    def today(*sessions: Iterable[PerformedSet], on: int) -> BlockPrescription:
        log = replace(log_of(*sessions), now=day(on))
        return plan(routine(block), "A", lookup, log).blocks[0]

    first, second = today(*before, on=31), today(*before, back, on=34)
    assert (variation_of(first), load_of(first)) == ("conventional", Load.kg(80))  # of 102.5
    assert (variation_of(second), load_of(second)) == ("sumo", Load.kg(70))  # a fifth off 90
    assert second.away == Away(days=28, percent=20)
    again = sets("deadlift", [4, 4, 4], "70", variation="sumo", on=34)
    assert today(*before, back, again, on=37).away is None


def test_sets_without_a_variation_were_the_ordinary_one(sets: Sets) -> None:
    block = replace(DEADLIFT, vary=("conventional",))
    assert load_of(planned(block, sets("deadlift", [6, 6, 6], "100"))) == Load.kg("102.5")


def test_another_range_of_reps_says_nothing_of_this_one(sets: Sets) -> None:
    tens = sets("deadlift", [10, 10, 10], "60", low=8, high=10)
    heavy = sets("deadlift", [6, 6, 6], "100", low=4, high=6)
    later = sets("deadlift", [10, 10, 10], "60", low=8, high=10, on=1)
    assert load_of(planned(DEADLIFT, tens, heavy, later)) == Load.kg("102.5")


def test_the_third_miss_in_a_row_takes_a_tenth_off_and_begins_anew(sets: Sets) -> None:
    block = replace(DEADLIFT, reps=RepTarget(5, 5), load=None, progress=ProgressRule(rule="linear"))
    misses = [sets("deadlift", [5, 5, 4], "100", on=day) for day in range(3)]
    loads = [load_of(planned(block, *misses[: done + 1])) for done in range(3)]
    assert loads == [Load.kg(100), Load.kg(100), Load.kg(90)]
    lighter = sets("deadlift", [5, 5, 4], "90", on=3)
    assert load_of(planned(block, *misses, lighter)) == Load.kg(90)
    assert planned(block, *misses, lighter).standing.misses == 1


def test_a_hold_grows_from_what_was_prescribed(sets: Sets) -> None:
    block = Block(
        exercise="flexed-arm-hang",
        hold=HoldRange(15, 30),
        progress=ProgressRule(rule="hold", step_s=5),
    )
    first = sets("flexed-arm-hang", [15, 15, 15], hold=True, low=15, high=15)
    second = sets("flexed-arm-hang", [22, 21, 20], hold=True, low=20, high=20, on=1)
    targets = [planned(block, *log).sets[0].target for log in ((), (first,), (first, second))]
    assert targets == [HoldTarget(15), HoldTarget(20), HoldTarget(25)]


# Ladders


def test_a_ladder_is_climbed_a_rung_at_a_time(sets: Sets) -> None:
    log = (
        sets("flexed-arm-hang", [20, 20, 20], hold=True, low=15, high=15),
        sets("negative-chin-up", [5, 5, 5], "0", low=3, high=5, on=1),
        sets("pull-up", [6, 6, 6], "0", low=4, high=6, on=2),
    )
    rungs = [planned(LADDER, *log[:done]) for done in range(4)]
    assert [(one.exercise.id, variation_of(one)) for one in rungs] == [
        ("flexed-arm-hang", None),
        ("negative-chin-up", None),
        ("pull-up", None),
        ("pull-up", "weighted"),
    ]
    assert rungs[1].sets[0].target == RepTarget(3, 5)
    assert rungs[3].asks_load


def test_a_bad_day_does_not_take_a_rung_away(sets: Sets) -> None:
    log = (
        sets("flexed-arm-hang", [20, 20, 20], hold=True, low=20, high=20),
        sets("flexed-arm-hang", [3, 2, 1], hold=True, low=20, high=20, on=1),
    )
    assert planned(LADDER, *log).exercise.id == "negative-chin-up"


def test_a_set_that_hurt_does_not_master_a_rung(sets: Sets) -> None:
    *two, last = sets("flexed-arm-hang", [20, 20, 20], hold=True, low=20, high=20)
    log = (*two, replace(last, pain=True))
    assert planned(LADDER, log).exercise.id == "flexed-arm-hang"


# How it is led


def test_cues_fade_after_two_sessions(sets: Sets) -> None:
    sessions = [sets("deadlift", [6], "100", on=day) for day in range(3)]
    fading = [planned(DEADLIFT, *sessions[:done]).all_cues for done in range(4)]
    assert fading == [True, True, False, False]


def test_a_variation_is_no_new_exercise_to_the_cues(sets: Sets) -> None:
    sessions = [sets("pull-up", [6], "0", on=day, variation="wide") for day in range(2)]
    assert not planned(PULL_UP, *sessions).all_cues


def test_the_exercise_itself_is_not_offered_in_its_own_place() -> None:
    block = replace(ROW, instead=("dumbbell-row", "cable-row"))
    assert [one.id for one in planned(block).instead] == ["cable-row"]


def test_an_exercise_that_is_not_there_stops_the_plan() -> None:
    with pytest.raises(LibraryError):
        planned(replace(ROW, exercise="griffin-row"))


def test_a_log_is_looked_at_up_to_now_and_in_order(sets: Sets, day: Day) -> None:
    today, later = sets("deadlift", [6], "100", on=1), sets("deadlift", [6], "120", on=5)
    before = sets("deadlift", [6], "90", on=0)
    log = Log.until(day(2), (*later, *today, *before), completed("A", "B"))
    assert [one.load for one in log.sets] == [Load.kg(90), Load.kg(100)]


@given(order=st.permutations(range(9)))
def test_the_plan_does_not_depend_on_the_order_the_log_is_read_in(order: list[int]) -> None:
    noon = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
    done = [
        PerformedSet(
            id=f"{session}/{number}",
            at=noon,  # all at one instant, as an import may have them
            session=session,
            routine="full-back",
            workout="A",
            exercise="deadlift",
            variation=None,
            number=number,
            reps=6,
            load=Load.kg(100 + 10 * "abc".index(session)),
        )
        for session in "abc"
        for number in (1, 2, 3)
    ]
    log = Log.until(noon, [done[place] for place in order], ())
    assert load_of(plan(routine(DEADLIFT), "A", lookup, log).blocks[0]) == Load.kg("122.5")


# The next time


def workout_of(*blocks: Block, **more: object) -> WorkoutPrescription:
    return plan(routine(*blocks), "A", lookup, Log(), **more)  # type: ignore[arg-type]


def test_advice_after_the_workout_is_the_load_of_the_next_plan(sets: Sets) -> None:
    named = Named(loads={"deadlift": Load.kg(100)})
    performed = sets("deadlift", [6, 6, 6], "100", low=4, high=6)
    (advice,) = next_time(workout_of(DEADLIFT, named=named), performed)
    assert (advice.reason, advice.load) == (Reason.TOP_REACHED, Load.kg("102.5"))
    assert load_of(planned(DEADLIFT, performed)) == advice.load


def test_each_exercise_trained_has_its_advice(sets: Sets) -> None:
    performed = (
        *sets("deadlift", [6, 6, 6], "100", low=4, high=6),
        *sets("dumbbell-row", [5, 5, 5], "20", low=4, high=6),
    )
    advice = next_time(workout_of(DEADLIFT, PULL_UP, ROW), performed)
    assert [(one.exercise, one.reason) for one in advice] == [
        ("deadlift", Reason.TOP_REACHED),
        ("dumbbell-row", Reason.TOP_NOT_REACHED),
    ]


def test_what_was_taken_instead_is_advised_on(sets: Sets) -> None:
    performed = sets("chin-up", [6, 6, 6], "0", low=4, high=6)
    (advice,) = next_time(workout_of(PULL_UP), performed)
    assert (advice.exercise, advice.reason) == ("chin-up", Reason.READY_FOR_LOAD)


def test_an_exercise_in_two_blocks_alike_is_advised_on_once(sets: Sets) -> None:
    performed = sets("dumbbell-row", [6, 6, 6], "20", low=4, high=6)
    assert len(next_time(workout_of(ROW, ROW), performed)) == 1


def test_sets_that_do_not_count_leave_nothing_to_advise(sets: Sets) -> None:
    performed = sets("deadlift", [6, 6, 6], "100", low=4, high=6, pain=True)
    assert next_time(workout_of(DEADLIFT), performed) == ()


def test_the_third_miss_is_told_right_after_it(sets: Sets) -> None:
    block = replace(DEADLIFT, reps=RepTarget(5, 5), load=None, progress=ProgressRule(rule="linear"))
    misses = [sets("deadlift", [5, 5, 4], "100", on=day, low=5, high=5) for day in range(3)]
    workout = plan(routine(block), "A", lookup, log_of(*misses[:2]))
    (advice,) = next_time(workout, misses[2])
    assert (advice.reason, advice.load) == (Reason.THIRD_MISS, Load.kg(90))


def test_a_mastered_rung_is_told_with_the_one_that_follows(sets: Sets) -> None:
    performed = sets("flexed-arm-hang", [20, 20, 20], hold=True, low=5, high=5)
    (advice,) = next_time(workout_of(LADDER), performed)
    assert (advice.reason, advice.exercise) == (Reason.RUNG_MASTERED, "negative-chin-up")


def test_a_rung_that_makes_the_same_exercise_harder_has_the_name_it_goes_by() -> None:
    weighted = Block(exercise="pull-up", vary=("weighted",), reps=RepTarget(4, 6))
    ladder = replace(PULL_UP, vary=(), then=(weighted,), progress=ProgressRule(rule="ladder"))
    rung = planned(ladder).standing.next_rung
    assert rung is not None
    assert (rung.variation, rung.name) == ("weighted", "weighted pull-up")


@given(
    reps=st.lists(st.integers(0, 10), min_size=1, max_size=4),
    kg=st.sampled_from(["40", "62.5", "100", "142.5"]),
    rule=st.sampled_from(["double", "linear", "percent"]),
)
def test_what_is_said_after_a_workout_is_what_the_next_one_brings(
    reps: list[int], kg: str, rule: str
) -> None:
    block = replace(DEADLIFT, progress=ProgressRule(rule=rule))
    noon = datetime.fromisoformat("2026-01-05T12:00:00+00:00")
    performed = tuple(
        PerformedSet(
            id=f"{number}",
            at=noon,
            session="first",
            routine="full-back",
            workout="A",
            exercise="deadlift",
            variation=None,
            number=number,
            reps=done,
            load=Load.kg(kg),
            low=4,
            high=6,
        )
        for number, done in enumerate(reps, 1)
    )
    told = next_time(workout_of(block), performed)
    assert [one.load for one in told] in ([], [load_of(planned(block, performed))])
