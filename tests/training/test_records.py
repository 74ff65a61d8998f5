"""Records: what counts as one, what does not, and the best so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.exercise import Exercise, Implement, Variation
from voicecoach.training.hard_sets import HardSet, hard_sets, last_weighed, of_exercise
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.records import (
    FIRST_SESSIONS,
    Bests,
    RecordKind,
    bests_by_form,
    bests_of,
    broken,
    records_in,
)
from voicecoach.training.strength import estimated_max
from voicecoach.units import Load

FIRST_DAY = date(2026, 1, 5)


def hard(on: int, reps: int, kg: str | None = "60", **changed: object) -> HardSet:
    given = {
        "day": FIRST_DAY + timedelta(days=on),
        "session": f"day-{on}",
        "exercise": "bench-press",
        "variation": None,
        "reps": reps,
        "hold_s": None,
        "load": None if kg is None else Load.kg(kg),
    } | changed
    return HardSet(**given)  # type: ignore[arg-type]  # fields by name


def held(on: int, seconds: int, kg: str = "0") -> HardSet:
    return replace(hard(on, 0, kg, exercise="plank"), reps=None, hold_s=seconds)


KNOWN = (hard(0, 8, "60"), hard(2, 8, "62.5"), hard(4, 5, "70"), hard(7, 12, "50"))
HELD = (held(0, 30), held(2, 40), held(4, 35), held(7, 20, "10"))


def kinds(before: Bests, one: HardSet) -> list[str]:
    return [record.kind.value for record in broken(before, one)]


@pytest.mark.parametrize(
    ("one", "broken_kinds"),
    [
        (hard(9, 8, "65"), ["reps", "e1rm", "most-reps"]),
        (hard(9, 8, "62.5"), []),  # as good as the best is no record
        (hard(9, 6, "62.5"), []),
        (hard(9, 9, "60"), ["reps", "most-reps"]),
        (hard(9, 10, "60"), ["reps", "most-reps"]),  # 600, the biggest set, was 12 × 50 as well
        (hard(9, 11, "60"), ["reps", "e1rm", "most-reps", "volume"]),
        (hard(9, 1, "80"), ["reps"]),  # the single is heavier than any set, the estimate is not
        (hard(9, 13, "50"), ["most-reps", "volume"]),  # thirteen were never done: nothing to break
        (hard(9, 13, "40"), ["most-reps"]),
        (hard(9, 8, None), []),  # with what nobody knows
    ],
)
def test_a_set_breaks_what_it_outdoes(one: HardSet, broken_kinds: list[str]) -> None:
    assert kinds(bests_of(KNOWN), one) == broken_kinds


def test_a_record_tells_what_stood_before() -> None:
    reps, estimate, _ = broken(bests_of(KNOWN), hard(9, 8, "65"))
    assert (reps.before, reps.set) == (KNOWN[1], hard(9, 8, "65"))
    assert estimate.before == KNOWN[2]


@pytest.mark.parametrize(
    ("one", "broken_kinds"),
    [
        (held(9, 41), ["hold"]),
        (held(9, 40), []),
        (held(9, 21, "10"), ["hold"]),
        (held(9, 15, "20"), []),  # never held with as much
        (held(9, 20, "5"), []),
    ],
)
def test_a_hold_is_broken_by_a_longer_one_with_as_much(
    one: HardSet, broken_kinds: list[str]
) -> None:
    assert kinds(bests_of(HELD), one) == broken_kinds


def test_nothing_is_a_record_in_the_first_sessions() -> None:
    for sessions in range(FIRST_SESSIONS):
        before = bests_of(hard(day, 5, str(50 + day)) for day in range(sessions))
        assert kinds(before, hard(9, 5, "100")) == []
    before = bests_of(hard(day, 5, str(50 + day)) for day in range(FIRST_SESSIONS))
    assert "reps" in kinds(before, hard(9, 5, "100"))


def test_the_sets_before_it_today_are_no_session_of_their_own() -> None:
    two = (hard(0, 5, "50"), hard(1, 5, "52.5"), hard(9, 5, "55"), hard(9, 5, "57.5"))
    assert kinds(bests_of(two), hard(9, 5, "60")) == []


def test_what_was_broken_today_already_is_the_mark_to_beat() -> None:
    before = bests_of(KNOWN).with_set(hard(9, 8, "65"))
    assert kinds(before, hard(9, 8, "65")) == []
    assert "reps" in kinds(before, hard(9, 8, "67.5"))


def test_pull_ups_without_a_load_have_records_of_repetitions() -> None:
    before = bests_of(hard(day, reps, "0") for day, reps in ((0, 5), (2, 6), (4, 6)))
    assert kinds(before, hard(9, 7, "0")) == ["most-reps"]
    assert kinds(before, hard(9, 5, "5")) == ["reps"]  # five with a plate; five without were done


@pytest.mark.parametrize(
    "changed",
    [{"kind": SetKind.WARMUP}, {"kind": SetKind.DROP}, {"pain": True}, {"reps": 0}, {"reps": None}],
    ids=str,
)
def test_warm_ups_drops_and_sets_that_hurt_never_count(sets, changed: dict[str, object]) -> None:
    given = {"kind": SetKind.WORKING, "pain": False} | changed
    reps = given.pop("reps", 5)
    performed = sets("bench-press", [reps], "100", **given)
    assert list(hard_sets(performed)) == []


def test_a_set_to_failure_counts(sets) -> None:
    performed: tuple[PerformedSet, ...] = sets("bench-press", [5], "100", kind=SetKind.FAILURE)
    (one,) = hard_sets(performed)
    assert (one.reps, one.load, one.day) == (5, Load.kg(100), FIRST_DAY)


def test_each_form_of_an_exercise_has_its_own_bests() -> None:
    sumo = [hard(day, 5, "100", variation="sumo") for day in range(4)]
    plain = [hard(day, 5, "80") for day in range(4)]
    bests = bests_by_form([*sumo, *plain])
    assert bests["bench-press", "sumo"].strongest == sumo[0]
    assert bests["bench-press", None].strongest == plain[0]
    flat = Variation(id="flat", name="flat bench press", changes="support")
    bench = Exercise(
        id="bench-press", name="bench press", implement=Implement.BARBELL, variations=(flat,)
    )
    assert of_exercise(plain[0], bench).form == ("bench-press", "flat")
    assert of_exercise(sumo[0], bench) is sumo[0]


PULL_UP = Exercise(id="pull-up", name="pull-up", implement=Implement.BODYWEIGHT)


def test_the_body_counts_where_it_is_lifted_and_was_weighed() -> None:
    weighed = last_weighed([(FIRST_DAY, Load.kg(80)), (FIRST_DAY + timedelta(days=9), Load.kg(90))])
    once = of_exercise(hard(0, 1, "10"), PULL_UP, weighed)
    assert once.estimate == Load.kg(90)
    assert of_exercise(hard(9, 6, "0"), PULL_UP, weighed).estimate == Load.kg(108)
    assert of_exercise(hard(8, 6, "0"), PULL_UP, weighed).estimate == Load.kg(96)
    assert of_exercise(hard(-5, 6, "0"), PULL_UP, weighed).estimate == Load.kg(96)


def test_nothing_is_estimated_of_a_body_that_nobody_weighed() -> None:
    sets = [of_exercise(hard(day, 5, "10"), PULL_UP) for day in range(4)]
    assert sets[0].estimate is None
    one = of_exercise(hard(9, 3, "20"), PULL_UP)
    assert kinds(bests_of(sets), one) == ["reps", "volume"]


def test_the_records_of_a_log_are_one_a_set_in_the_order_of_time() -> None:
    months = [hard(day, 5, str(60 + day)) for day in range(0, 20, 2)]
    found = records_in(months)
    assert [record.set for record in found] == months[FIRST_SESSIONS:]
    assert {record.kind for record in found} == {RecordKind.REPS}


a_hard_set = st.builds(
    hard,
    st.integers(0, 30),
    st.integers(1, 15),
    st.sampled_from(["0", "20", "40", "42.5", "60"]),
)


@given(st.lists(a_hard_set, max_size=20), a_hard_set)
def test_a_record_outdoes_every_set_before_it(earlier: list[HardSet], one: HardSet) -> None:
    earlier.sort(key=lambda each: each.day)
    one = replace(one, day=FIRST_DAY + timedelta(days=99), session="last")
    assert one.load is not None
    for record in broken(bests_of(earlier), one):
        before = [each for each in earlier if each.load is not None]
        match record.kind:
            case RecordKind.REPS:
                rivals = [each for each in before if (each.reps or 0) >= (one.reps or 0)]
                assert rivals
                assert all(each.load < one.load for each in rivals if each.load is not None)
            case RecordKind.ESTIMATE:
                strongest = estimated_max(one.load, one.reps or 0)
                assert all(each.estimate < strongest for each in before if each.estimate)
            case RecordKind.MOST_REPS:
                rivals = [each for each in before if each.load and each.load >= one.load]
                assert all((each.reps or 0) < (one.reps or 0) for each in rivals)
            case RecordKind.VOLUME:
                assert all(each.volume_g < one.volume_g for each in before)


@given(st.lists(a_hard_set, max_size=20))
def test_a_best_set_is_outdone_by_none(earlier: list[HardSet]) -> None:
    bests = bests_of(earlier)
    for one in earlier:
        assert one.load is not None
        heaviest = bests.heaviest_for(one.reps or 0)
        most = bests.most_reps_with(one.load)
        assert heaviest is not None
        assert heaviest.load is not None
        assert heaviest.load >= one.load
        assert most is not None
        assert (most.reps or 0) >= (one.reps or 0)
