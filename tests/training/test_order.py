"""The order of a workout's sets, and the rest between any two of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.training.exercise import Exercise
from voicecoach.training.order import clock_s, places, rest_between, round_of, rounds
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetKind,
    SetPrescription,
    WorkoutPrescription,
)

W, U, D = SetKind.WORKING, SetKind.WARMUP, SetKind.DROP


def block(*kinds: SetKind, **more) -> BlockPrescription:
    sets = tuple(SetPrescription(target=RepTarget(5, 5), kind=kind) for kind in kinds)
    return BlockPrescription(exercise=Exercise(id="row", name="row"), sets=sets, **more)


def workout(*blocks: BlockPrescription) -> WorkoutPrescription:
    return WorkoutPrescription(routine="r", name="R", workout="A", blocks=blocks)


def test_lone_blocks_follow_one_another() -> None:
    assert list(places(workout(block(U, W, W), block(W)))) == [(0, 0), (0, 1), (0, 2), (1, 0)]


def test_a_superset_warms_up_first_and_then_goes_round() -> None:
    plan = workout(block(U, W, W, superset="A"), block(U, U, W, superset="A"), block(W))
    assert list(places(plan)) == [
        *((0, 0), (1, 0), (1, 1)),
        *((0, 1), (1, 2)),
        (0, 2),
        (2, 0),
    ]


def test_a_drop_follows_its_set_within_the_round() -> None:
    plan = workout(block(W, D, W, D, D, superset="A"), block(W, W, superset="A"))
    assert list(places(plan)) == [(0, 0), (0, 1), (1, 0), (0, 2), (0, 3), (0, 4), (1, 1)]


def test_one_name_used_twice_apart_is_two_supersets() -> None:
    blocks = [block(W, superset=name) for name in ("A", "A", "", "A", "B")]
    assert rounds(blocks) == (range(2), range(2, 3), range(3, 4), range(4, 5))
    assert round_of(workout(*blocks), 1) == range(2)


kinds = st.lists(st.sampled_from([W, W, D]), max_size=5).map(lambda rest: [W, *rest])
blocks = st.builds(
    lambda warmups, rest, superset: block(*[U] * warmups, *rest, superset=superset),
    st.integers(0, 2),
    kinds,
    st.sampled_from(["", "A", "B"]),
)


@given(st.lists(blocks, min_size=1, max_size=5).map(lambda made: workout(*made)))
def test_every_set_has_its_place_once_and_a_blocks_sets_keep_their_order(
    plan: WorkoutPrescription,
) -> None:
    order = list(places(plan))
    assert len(order) == len(set(order)) == sum(len(one.sets) for one in plan.blocks)
    for index in range(len(plan.blocks)):
        numbers = [number for block, number in order if block == index]
        assert numbers == sorted(numbers)
    for (a, m), (b, n) in pairwise(order):
        if plan.blocks[b].sets[n].kind is D:
            assert (a, m + 1) == (b, n)
            assert rest_between(plan, (a, m), (b, n)) == 0


def test_rest_is_short_after_a_warm_up_and_none_before_a_drop() -> None:
    plan = workout(block(U, W, D, W, rest_s=180), block(W, rest_s=20))
    assert rest_between(plan, (0, 0), (0, 1)) == 60
    assert rest_between(plan, (0, 1), (0, 2)) == 0
    assert rest_between(plan, (0, 2), (0, 3)) == 180
    assert rest_between(plan, (0, 3), (1, 0)) == 180


def test_the_rest_of_the_last_exercise_ends_the_round() -> None:
    plan = workout(
        block(W, W, superset="A", rest_s=120, change_s=10),
        block(W, W, superset="A", rest_s=90),
        block(W),
    )
    assert rest_between(plan, (0, 0), (1, 0)) == 10
    assert rest_between(plan, (1, 0), (0, 1)) == 90
    assert rest_between(plan, (0, 0), (0, 1)) == 90  # the other was skipped
    assert rest_between(plan, (1, 1), (2, 0)) == 90


def test_sets_by_the_clock_begin_after_all_that_came_before_them() -> None:
    plan = workout(
        block(W, W, superset="A", interval_s=60),
        block(U, W, W, superset="A", interval_s=90),
        block(W),
    )
    after = {place: clock_s(plan, place) for place in places(plan)}
    assert after == {
        (1, 0): None, (0, 0): 0, (1, 1): 60, (0, 1): 150, (1, 2): 210, (2, 0): None,
    }  # fmt: skip
