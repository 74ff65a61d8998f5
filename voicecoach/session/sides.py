"""One side after the other: the left, the switch, the right, and one set in the log.

The log keeps the amount for each side; where the sides differ, the weaker
one's, with both in the note. The first side is a fact of its own, so that it
outlives a session that breaks off before the other.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.facts import SetResult, SideDone
from voicecoach.session.state import FirstSide, Side, State
from voicecoach.training.performance import PerformedSet


def done(state: State, result: SetResult, source: str, at_ms: int) -> SideDone:
    """Return that the first side of the set that comes next was done. LookupError when none is."""
    if state.position is None:
        msg = "no set is left to do"
        raise LookupError(msg)
    block, number = state.position
    return SideDone(at_ms=at_ms, block=block, number=number + 1, result=result, source=source)


def kept(fact: SideDone) -> FirstSide:
    """Return the side that `fact` tells of as it is kept until the other one is done."""
    return FirstSide((fact.block, fact.number - 1), fact.result, fact.source)


def half_done(state: State) -> PerformedSet | None:
    """Return the set of which one side alone was done, as far as it came; None where there is none.

    It counts for nothing until the other side is done, and is no set of the log.
    """
    first = state.first_side
    if first is None:
        return None
    block = state.plan.blocks[first.place[0]]
    return PerformedSet(
        id="",
        at=state.started_at,
        session=state.session_id,
        routine=state.plan.routine,
        workout=state.plan.workout,
        exercise=block.exercise.id,
        variation=block.variation.id if block.variation else None,
        number=first.place[1] + 1,
        kind=block.sets[first.place[1]].kind,
        reps=first.result.reps,
        hold_s=first.result.hold_s,
        load=first.result.load,
        note="left side only",
        source=first.source,
    )


def joined(state: State, result: SetResult, *, named: bool) -> SetResult:
    """Return both sides as one result; `result` is what the side just done came to.

    Where nobody said or counted how much the first side was, a number that
    the athlete names holds for both, and one that was only counted for
    neither: it is left out, to be asked for.
    """
    first = state.first_side
    if state.side is not Side.RIGHT or first is None:
        return result
    left, right = amount(first.result), amount(result)
    if first.result.load != state.prescription.load and result.load == state.prescription.load:
        result = replace(result, load=first.result.load)  # named with the first side
    if right is None or (left is None and not named):
        return with_amount(state, result, None)
    if left is None or left == right:
        return result
    weaker = with_amount(state, result, min(left, right))
    return replace(weaker, note=f"left {left}, right {right}")


def source_of(state: State, both: SetResult, source: str) -> str:
    """Return who measured what both sides come to; `source` measured the side just done."""
    first = state.first_side
    if state.side is Side.RIGHT and first is not None and amount(both) == amount(first.result):
        return first.source
    return source


def hurt(state: State, result: SetResult) -> SetResult:
    """Return the result of a set that pain ended, with the side it was on in the note."""
    side = state.side
    if side is None:
        return result
    both = joined(state, result, named=False)
    return replace(both, note=f"pain on the {side.value} side")


def amount(result: SetResult) -> int | None:
    """Return the reps, or the seconds, of a result."""
    return result.reps if result.hold_s is None else result.hold_s


def with_amount(state: State, result: SetResult, amount: int | None) -> SetResult:
    """Return `result` with other reps, or other seconds where the set is a hold."""
    return replace(result, hold_s=amount) if state.is_hold else replace(result, reps=amount)


def differ(result: SetResult) -> bool:
    """Tell whether the sides of a result differed."""
    return result.note.startswith("left ")


def named(side: Side) -> Prompt:
    """Return the side as it is announced."""
    return prompt(Say.EACH_SIDE if side is Side.LEFT else Say.OTHER_SIDE)
