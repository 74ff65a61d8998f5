from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import UnitError
from voicecoach.training import notation
from voicecoach.training.prescription import Drops, HoldRange, RepTarget, Tempo, Warmup, WarmupStep
from voicecoach.training.routine import BodyweightLoad, FixedLoad, PercentLoad, RpeLoad
from voicecoach.units import Load, Rpe, Unit


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (5, RepTarget(5, 5)),
        ("5", RepTarget(5, 5)),
        ("4-6", RepTarget(4, 6)),
        (" 4 - 6 ", RepTarget(4, 6)),
        ("5+", RepTarget(5, 5, to_failure=True)),
    ],
)
def test_repetitions_are_read(written, target):
    assert notation.reps_of(written) == target


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("85%", PercentLoad(Decimal(85))),
        ("82.5 %", PercentLoad(Decimal("82.5"))),
        ("100kg", FixedLoad(Load.kg(100))),
        ("225 lbs", FixedLoad(Load.lb(225))),
        ("RPE 8", RpeLoad(Rpe(Decimal(8)))),
        ("rpe8.5", RpeLoad(Rpe(Decimal("8.5")))),
        ("bodyweight", BodyweightLoad()),
        ("Bodyweight + 10kg", BodyweightLoad(Load.kg(10))),
    ],
)
def test_loads_are_read(written, rule):
    assert notation.load_rule_of(written) == rule


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90s", 90), ("3min", 180), ("2min30s", 150), ("2 min 30 s", 150), ("0s", 0), ("60min", 3600)],
)
def test_spans_of_time_are_read(written, seconds):
    assert notation.duration_of(written) == seconds


def test_holds_are_read():
    assert notation.hold_of("15-30s") == HoldRange(15, 30)
    assert notation.hold_of("20 s") == HoldRange(20, 20)


def test_warm_up_sets_are_read():
    assert notation.warmup_of("Auto") == Warmup()
    assert notation.warmup_of("bar x10, 40% x 5") == Warmup(
        (
            WarmupStep(reps=10, percent=Decimal(0)),
            WarmupStep(reps=5, percent=Decimal(40)),
        )
    )
    assert notation.warmup_of(["45lb x8"]) == Warmup((WarmupStep(reps=8, load=Load.lb(45)),))


def test_drop_sets_are_read():
    assert notation.drops_of(2) == Drops(count=2, percent=Decimal(20))
    assert notation.drops_of("1 by 12.5% each") == Drops(
        count=1, percent=Decimal("12.5"), after_each=True
    )
    assert notation.drops_of("3 each") == Drops(count=3, after_each=True)


def test_steps_are_read():
    assert notation.step_of("5lb") == Load.lb(5)
    assert notation.step_of("2.5kg") == Load.kg("2.5")
    assert notation.step_of("5s") == 5


@pytest.mark.parametrize(
    ("reader", "written"),
    [
        (notation.reps_of, -3),
        (notation.reps_of, 0),
        (notation.reps_of, 101),
        (notation.reps_of, "6-4"),
        (notation.reps_of, "4-"),
        (notation.reps_of, True),
        (notation.reps_of, 4.5),
        (notation.reps_of, ["4"]),
        (notation.reps_of, ""),
        (notation.load_rule_of, 100),  # of what?
        (notation.load_rule_of, "102,5kg"),
        (notation.load_rule_of, "0%"),
        (notation.load_rule_of, "500%"),
        (notation.load_rule_of, "RPE 8.2"),
        (notation.load_rule_of, "RPE 11"),
        (notation.load_rule_of, "3000kg"),
        (notation.load_rule_of, "-5kg"),
        (notation.load_rule_of, "bodyweight-10kg"),
        (notation.load_rule_of, "heavy"),
        (notation.duration_of, 90),
        (notation.duration_of, ""),
        (notation.duration_of, "2h"),
        (notation.duration_of, "90min"),
        (notation.duration_of, "3 hours"),
        (notation.hold_of, "30-15s"),
        (notation.hold_of, "0s"),
        (notation.hold_of, 30),
        (notation.hold_of, "30"),
        (notation.step_of, "0kg"),
        (notation.step_of, "0s"),
        (notation.step_of, "5"),
        (notation.step_of, "5 reps"),
        (notation.load_of, "9" * 5000 + "kg"),
        (notation.interval_of, "5s"),
        (notation.interval_of, "11min"),
        (notation.amrap_of, "59s"),
        (notation.amrap_of, "61min"),
        (notation.warmup_of, "automatic"),
        (notation.warmup_of, True),
        (notation.warmup_of, []),
        (notation.warmup_of, ["40% x5"] * 9),
        (notation.warmup_of, ["40% 5"]),
        (notation.warmup_of, ["40% x0"]),
        (notation.warmup_of, ["100% x5"]),
        (notation.warmup_of, ["40% x50"]),
        (notation.warmup_of, [5]),
        (notation.drops_of, 0),
        (notation.drops_of, 9),
        (notation.drops_of, "2 by 60%"),
        (notation.drops_of, "2 by 10kg"),
        (notation.drops_of, True),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_forms_that_can(reader, written):
    with pytest.raises(UnitError) as refused:
        reader(written)
    assert refused.value.remedy
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


reps = st.integers(1, 100)
targets = st.tuples(reps, reps).map(lambda pair: RepTarget(min(pair), max(pair))) | reps.map(
    lambda low: RepTarget(low, low, to_failure=True)
)
round_loads = st.builds(
    lambda quarters, unit: Load.of(Decimal(quarters) / 4, unit),
    st.integers(1, 1600),
    st.sampled_from(Unit),
)
rules = (
    st.integers(2, 240).map(lambda halves: PercentLoad(Decimal(halves) / 2))
    | round_loads.map(FixedLoad)
    | st.integers(10, 20).map(lambda halves: RpeLoad(Rpe(Decimal(halves) / 2)))
    | round_loads.map(BodyweightLoad)
    | st.just(BodyweightLoad())
)


@given(target=targets)
def test_repetitions_are_written_as_they_are_read(target):
    assert notation.reps_of(notation.written_reps(target)) == target


@given(
    rule=rules.filter(lambda rule: rule != PercentLoad(Decimal("0.5"))), unit=st.sampled_from(Unit)
)
def test_loads_are_written_as_they_are_read(rule, unit):
    assert notation.load_rule_of(notation.written_load_rule(rule, unit)) == rule


@given(seconds=st.integers(0, notation.MOST_SECONDS))
def test_spans_of_time_are_written_as_they_are_read(seconds):
    assert notation.duration_of(notation.written_duration(seconds)) == seconds


@given(low=st.integers(1, 60), more=st.integers(0, 60))
def test_holds_are_written_as_they_are_read(low, more):
    hold = HoldRange(low, low + more)
    assert notation.hold_of(notation.written_hold(hold)) == hold


@pytest.mark.parametrize("written", [["bar x10", "40% x5", "60kg x3"], ["37.5% x1"], ["45lb x8"]])
def test_warm_up_sets_are_written_as_they_are_read(written):
    assert notation.written_warmup(notation.warmup_of(written), Unit.KG) == tuple(written)


@pytest.mark.parametrize("written", ["2", "3 by 25%", "1 each", "5 by 7.5% each"])
def test_drop_sets_are_written_as_they_are_read(written):
    assert notation.written_drops(notation.drops_of(written)) == written


@pytest.mark.parametrize("written", ["2-0-1-0", "3-1-X-0", "2.5-0-1-0"])
def test_a_tempo_is_written_as_it_is_read(written):
    assert Tempo.parse(written).written == written
