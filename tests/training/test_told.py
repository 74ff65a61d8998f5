"""Sets told in one line, as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from voicecoach.errors import UnitError
from voicecoach.training.plausible import is_plausible_bodyweight, is_plausible_set
from voicecoach.training.told import Told, parse_told
from voicecoach.units import Load, Rpe, Unit


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "bench press 3x8 @ 80kg",
            Told(exercise="bench press", amounts=(8,) * 3, load=Load.kg(80)),
        ),
        (
            "bench press 3 x 8 at 80",
            Told(exercise="bench press", amounts=(8,) * 3, load=Load.kg(80)),
        ),
        ("Bench press: 8 reps.", Told(exercise="Bench press", amounts=(8,))),
        ("squat 5, 5,4", Told(exercise="squat", amounts=(5, 5, 4))),
        (
            "squat 3 sets of 5 with 225 lb",
            Told(exercise="squat", amounts=(5,) * 3, load=Load.lb(225)),
        ),
        ("plank 2x60s", Told(exercise="plank", amounts=(60, 60), held=True)),
        ("plank 2 minutes", Told(exercise="plank", amounts=(120,), held=True)),
        ("pull-up 8 @ bodyweight", Told(exercise="pull-up", amounts=(8,), load=Load(0))),
        ("pull-up 8 @ bw+10kg", Told(exercise="pull-up", amounts=(8,), load=Load.kg(10))),
        ("pull-up 8 @ +2,5", Told(exercise="pull-up", amounts=(8,), load=Load.kg("2.5"))),
        (
            "row 8 @ 60 rpe 8.5",
            Told(exercise="row", amounts=(8,), load=Load.kg(60), rpe=Rpe(Decimal("8.5"))),
        ),
        ("T-bar row 10", Told(exercise="T-bar row", amounts=(10,))),
        ("log dips 12 times", Told(exercise="dips", amounts=(12,))),
        ("Kniebeuge für Ältere 5", Told(exercise="Kniebeuge für Ältere", amounts=(5,))),
    ],
)
def test_a_line_says_what_was_done(line: str, told: Told) -> None:
    assert parse_told(line, Unit.KG) == told


@pytest.mark.parametrize(
    "line",
    [
        "", "bench press", "3x8", "bench press 3x8 @ much", "bench press 99x8", "bench press 0x8",
        "bench press 2x5,5", "bench press 8 @ 60kg rpe 11", "bench press 8 @ +",
        "squat 5 @ 100 stone",
        "squat 1234567", "squat -5", "x" * 501 + " 5",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_that_shows_the_form(line: str) -> None:
    with pytest.raises(UnitError) as raised:
        parse_told(line, Unit.KG)
    assert raised.value.remedy


def test_a_bare_load_is_in_the_lifters_unit() -> None:
    assert parse_told("squat 5 @ 225", Unit.LB).load == Load.lb(225)


def test_the_strongest_are_believed_and_slips_are_not() -> None:
    assert is_plausible_set(reps=1, hold_s=None, load=Load.kg(500))
    assert is_plausible_set(reps=None, hold_s=3600, load=None)
    assert not is_plausible_set(reps=300, hold_s=None, load=None)
    assert not is_plausible_set(reps=5, hold_s=None, load=Load.kg(1000))
    assert not is_plausible_set(reps=None, hold_s=20_000, load=None)
    assert is_plausible_bodyweight(Load.kg("82.5"))
    assert not is_plausible_bodyweight(Load.kg(825))
    assert not is_plausible_bodyweight(Load.kg(8))
