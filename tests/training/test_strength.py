"""What a set shows of the strength behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training import strength
from voicecoach.training.strength import FRACTIONS, MOST_REPS, Formula
from voicecoach.units import Load, Rpe

loads = st.integers(1_000, 500_000).map(Load)
reps = st.integers(1, 30)
exertions = st.integers(10, 20).map(lambda halves: Rpe(Decimal(halves) / 2))


@pytest.mark.parametrize(
    ("load", "done", "formula", "maximum"),
    [
        (225, 5, Formula.EPLEY, "262.50"),
        (225, 5, Formula.BRZYCKI, "253.13"),
        (225, 5, Formula.LOMBARDI, "264.29"),
        (225, 5, Formula.WATHAN, "262.31"),
        (225, 5, Formula.MAYHEW, "267.77"),
        (225, 5, Formula.OCONNER, "253.13"),
        (225, 5, Formula.LANDER, "255.85"),
        (100, 8, Formula.EPLEY, "126.67"),
        (100, 8, Formula.BRZYCKI, "124.14"),
        (100, 8, Formula.LOMBARDI, "123.11"),
        (100, 8, Formula.WATHAN, "127.67"),
        (100, 8, Formula.MAYHEW, "126.29"),
        (100, 8, Formula.OCONNER, "120.00"),
        (100, 8, Formula.LANDER, "125.11"),
    ],
)
def test_a_set_shows_the_maximum_of_the_published_formula(
    load: int, done: int, formula: Formula, maximum: str
) -> None:
    shown = strength.one_rep_max(Decimal(load), done, formula)
    assert abs(shown - Decimal(maximum)) <= Decimal("0.005")


@pytest.mark.parametrize("formula", Formula)
def test_one_rep_is_its_own_maximum(formula: Formula) -> None:
    assert strength.one_rep_max(Decimal("142.5"), 1, formula) == Decimal("142.5")


@pytest.mark.parametrize("formula", Formula)
@pytest.mark.parametrize("done", [13, 20, 37, 100])
def test_more_than_twelve_reps_show_no_more_than_twelve(formula: Formula, done: int) -> None:
    twelve = strength.one_rep_max(Decimal(100), MOST_REPS, formula)
    assert strength.one_rep_max(Decimal(100), done, formula) == twelve


@pytest.mark.parametrize("done", [0, -1])
def test_no_reps_show_no_strength(done: int) -> None:
    with pytest.raises(ValueError, match="show no strength"):
        strength.one_rep_max(Decimal(100), done)


@given(load=loads, done=reps, formula=st.sampled_from(Formula))
def test_another_rep_never_shows_less_strength(load: Load, done: int, formula: Formula) -> None:
    shown = strength.estimated_max(load, done, formula)
    assert load <= shown <= strength.estimated_max(load, done + 1, formula)


def test_the_shares_of_the_maximum_are_those_of_the_chart() -> None:
    chart = (1, 955, 922, 892, 863, 837, 811, 786, 762, 739, 707, 680)  # thousandths after the 1
    shares = [strength.fraction(reps) for reps in range(1, 13)]
    assert shares == [Decimal(1), *(Decimal(part) / 1000 for part in chart[1:])]


@pytest.mark.parametrize(
    ("done", "rpe", "share"),
    [
        (1, "10", "1"),
        (5, "10", ".863"),
        (5, "8", ".811"),  # two left in the tank: as seven at the limit
        (1, "9.5", ".9775"),  # half way between one and two
        (12, "5", ".680"),  # beyond the chart its last entry stands
    ],
)
def test_reps_left_in_the_tank_count_as_reps(done: int, rpe: str, share: str) -> None:
    assert strength.fraction(done, Rpe(Decimal(rpe))) == Decimal(share)


@pytest.mark.parametrize(
    ("share", "possible"), [("1.01", 0), ("1", 1), (".9", 3), (".85", 5), (".68", 12), (".3", 12)]
)
def test_a_share_of_the_maximum_tells_the_reps_that_are_possible(share: str, possible: int) -> None:
    assert strength.reps_possible(Decimal(share)) == possible


def test_the_chart_and_its_inverse_agree() -> None:
    assert [strength.reps_possible(share) for share in FRACTIONS] == list(range(1, MOST_REPS + 1))


def test_eighty_five_percent_of_the_maximum_is_exact() -> None:
    assert strength.part_of(Load.kg(120), Decimal(85)) == Load.kg(102)


@given(load=loads, done=st.integers(1, 12), rpe=exertions)
def test_load_and_maximum_by_exertion_are_inverse_to_the_gram(
    load: Load, done: int, rpe: Rpe
) -> None:
    back = strength.load_for(strength.max_from(load, done, rpe), done, rpe)
    assert abs(back.grams - load.grams) <= 1


@given(maximum=loads, done=st.integers(1, 11), rpe=exertions)
def test_more_reps_at_one_exertion_take_a_lighter_load(maximum: Load, done: int, rpe: Rpe) -> None:
    assert strength.load_for(maximum, done + 1, rpe) <= strength.load_for(maximum, done, rpe)
