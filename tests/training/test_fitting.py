"""Which routines suit what there is to train with."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from voicecoach.library.equipment import THINGS, Owned
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.training.fitting import Offer, offers

LIBRARY = Library()
ROUTINES = [Routines(LIBRARY).load(file.id) for file in Routines(LIBRARY).files()]


def offered(at_hand: Iterable[str], own: tuple[str, ...] = ()) -> tuple[Offer, ...]:
    return offers(ROUTINES, own, LIBRARY.exercise, Owned(at_hand=tuple(at_hand)).lacks)


@pytest.mark.parametrize(
    ("at_hand", "among_the_first"),
    [
        (THINGS, {"upper-lower", "push-pull-legs"}),
        (("dumbbells", "bench"), {"dumbbells-only"}),
        (("kettlebell",), {"kettlebell"}),
        (("barbell", "squat rack", "bench"), {"five-by-five"}),
        (("pull-up bar",), {"first-chin-up"}),
        ((), {"bodyweight-basics", "core-and-holds", "mobility"}),
    ],
)
def test_the_first_three_are_what_a_lifter_would_pick(at_hand, among_the_first: set[str]) -> None:
    first = offered(at_hand)[:4]
    assert among_the_first <= {offer.id for offer in first}


def test_there_are_three_at_least_whatever_is_at_hand() -> None:
    for thing in ((), *((thing,) for thing in THINGS), THINGS):
        assert len(offered(thing)) >= 3, thing


def test_what_a_routine_asks_for_besides_is_named() -> None:
    named = {offer.id: offer.lacks for offer in offered(("dumbbells", "bench"))}
    assert named["dumbbells-only"] == ("incline bench",)
    assert named["mobility"] == ()


def test_a_gym_lacks_nothing() -> None:
    assert all(not offer.lacks for offer in offered(THINGS))


def test_a_routine_of_ones_own_comes_first() -> None:
    assert offered(THINGS, own=("mobility",))[0].id == "mobility"


def test_a_routine_that_is_mostly_impossible_is_not_offered() -> None:
    assert "five-three-one" not in {offer.id for offer in offered(("dumbbells",))}
