"""The sentences about a set: what it is, how it is done, what was logged."""

from __future__ import annotations

from voicecoach.language.advice import away_sentence
from voicecoach.language.numbers import spoken
from voicecoach.language.prompts import Prompt, Say, listed, prompt
from voicecoach.session import rounds, sides
from voicecoach.session.facts import SetResult
from voicecoach.session.state import State
from voicecoach.training.order import Place, clock_s, round_of
from voicecoach.training.prescription import BlockPrescription, HoldTarget, RepTarget, SetKind
from voicecoach.units import Load

LEARNT_AFTER = 2
"""Sets of an exercise after which nobody must be told any more to say ready."""


def block_name(block: BlockPrescription) -> str:
    """Return what the coach calls a block's exercise."""
    return block.exercise.called(block.variation)


def place_name(block: BlockPrescription, number: int, *, of: bool = True) -> str:
    """Return what the coach calls set `number` (from 0) of a block: "squat, set one of three".

    Without `of` it is not said how many there are.
    """
    return ", ".join(filter(None, (block_name(block), set_name(block, number, of=of))))


def set_name(block: BlockPrescription, number: int, *, of: bool = True) -> str:
    """Return what the coach calls set `number` (from 0) within its exercise: "set one of three".

    Sets are counted by their kind: "warm-up two of three", "drop one of two".
    The only one of its kind has no number, and the only one of all no name.
    """
    kind = block.sets[number].kind
    word = _WORDS.get(kind, "set")
    alike = [n for n in _series(block, number) if block.sets[n].kind is kind]
    nth, count = alike.index(number) + 1, len(alike)
    if count == 1:
        return "" if len(block.sets) == 1 else _ALONE[kind]
    endless = block.amrap_s is not None and kind is not SetKind.WARMUP
    place = f"{word} {spoken(nth)}"
    return f"{place} of {spoken(count)}" if of and not endless else place


_WORDS = {SetKind.WARMUP: "warm-up", SetKind.DROP: "drop"}
"""What a set is called that is no working set."""

_ALONE = {
    SetKind.WARMUP: "warm-up set",
    SetKind.WORKING: "working set",
    SetKind.DROP: "drop set",
}
"""What a set is called that is the only one of its kind, beside others."""


def _series(block: BlockPrescription, number: int) -> range:
    """Return the sets that set `number` is counted among: a drop's are those after one set."""
    if block.sets[number].kind is not SetKind.DROP:
        return range(len(block.sets))
    first = last = number
    while block.sets[first - 1].kind is SetKind.DROP:
        first -= 1
    while last + 1 < len(block.sets) and block.sets[last + 1].kind is SetKind.DROP:
        last += 1
    return range(first, last + 1)


def next_place(state: State, *, of: bool = True) -> str:
    """Return what the coach calls the set that comes next. LookupError when all is done."""
    return place_name(state.block, _place(state)[1], of=of)


def _place(state: State) -> Place:
    block, place = state.block, state.position
    assert block  # noqa: S101  # it has raised where there is none
    assert place is not None  # noqa: S101  # as above
    return place


def announcement(state: State) -> tuple[Prompt, ...]:
    """Return what is said before the set that comes next. LookupError when all is done."""
    block, (index, number) = state.block, _place(state)
    said = [*_group(state, index), prompt(Say.ANNOUNCE, place=next_place(state)), *target(state)]
    if state.side is not None:
        said.append(sides.named(state.side))
    if number == 0 and block.away is not None:
        said.append(prompt(Say.VERBATIM, text=away_sentence(block.away)))
    if block.sets[number].kind is SetKind.WORKING:
        working = number - block.count_of(SetKind.WARMUP)
        said += [prompt(Say.VERBATIM, text=cue) for cue in due_cues(block, working)]
    if number == 0 and block.instead:
        said.append(prompt(Say.OR_ELSE, exercise=block.instead[0].name))
    if number < LEARNT_AFTER or state.is_new:
        said.append(prompt(Say.SAY_READY))
    return tuple(said)


def _group(state: State, index: int) -> tuple[Prompt, ...]:
    """Return what is said once of blocks that take turns, and of sets by the clock."""
    group = round_of(state.plan, index)
    begun = any(place[0] in group for place in state.done | state.skipped)
    said: list[Prompt] = []
    if len(group) > 1 and not begun:
        names = listed(tuple(block_name(state.plan.blocks[n]) for n in group))
        said.append(prompt(Say.SUPERSET if len(group) == 2 else Say.CIRCUIT, exercises=names))
    if state.block.interval_s is not None and clock_s(state.plan, _place(state)) == 0:
        said.append(prompt(Say.EVERY, span=state.block.interval_s))
    limit_s = rounds.limit_s(state)
    if limit_s is not None and not (rounds.running(state) or rounds.ended(state)):
        said.append(prompt(Say.ROUNDS, span=limit_s))
    return tuple(said)


def what_follows(state: State, last: Place | None, *, in_full: bool = False) -> tuple[Prompt, ...]:
    """Return what is said in the rest after the set at `last` of the set that comes next.

    That is its exercise, where it is another one, and its load, where it is
    not the one of the set before: the rest is the time to change the plates.
    A set that then begins without another word, `in_full`, is told in full,
    and which it is where sets begin by the clock.
    """
    block, (index, number) = state.block, _place(state)
    load = _named(block.sets[number].load)
    changed = load if number == 0 or load != block.sets[number - 1].load else None
    if last is None or index != last[0]:
        name = block_name(block)
        if in_full:
            return (prompt(Say.NEXT_EXERCISE, exercise=name), *target(state))
    elif in_full and block.interval_s is not None:
        name = set_name(block, number)
    else:
        return () if changed is None else (prompt(Say.NEXT_LOAD, load_unit=changed),)
    if changed is None:
        return (prompt(Say.NEXT_EXERCISE, exercise=name),)
    return (prompt(Say.NEXT_EXERCISE_AT, exercise=name, load_unit=changed),)


def target(state: State) -> tuple[Prompt, ...]:
    """Return how much the set that comes next asks for."""
    prescription = state.prescription
    load = _named(prescription.load)
    match prescription.target:
        case _ if prescription.kind is SetKind.DROP:
            drop = prompt(Say.AS_MANY_AT, load_unit=load) if load else prompt(Say.AS_MANY)
            return (drop,)
        case HoldTarget(seconds):
            held = prompt(Say.HOLD_FOR, span=seconds)
            return (held,) if load is None else (held, prompt(Say.ECHO_LOAD, load_unit=load))
        case RepTarget(low, _, to_failure=True):
            if load is None:
                return (prompt(Say.AT_LEAST, low=low),)
            return (prompt(Say.AT_LEAST_AT, low=low, load_unit=load),)
        case RepTarget(low, high):
            reps = prompt(Say.NUMBER, number=low).text(state.plan.unit).lower()
            if low != high:
                reps += " to " + prompt(Say.NUMBER, number=high).text(state.plan.unit).lower()
            if load is None:
                return (prompt(Say.REPS, target=reps),)
            return (prompt(Say.REPS_AT, target=reps, load_unit=load),)


def all_cues(block: BlockPrescription) -> tuple[str, ...]:
    """Return every cue of a block in its variation, and last what to feel."""
    feel = (block.exercise.activation,) if block.exercise.activation else ()
    return (*block.exercise.cues_for(block.variation), *feel)


def due_cues(block: BlockPrescription, number: int) -> tuple[str, ...]:
    """Return the cues before set `number` (from 0): all the first times, one at a time later."""
    cues = all_cues(block)
    if not cues or (number == 0 and block.all_cues):
        return cues
    return (cues[number % len(cues)],)


def echo(result: SetResult) -> tuple[Prompt, ...]:
    """Return a logged result in words, so that what is wrong is heard."""
    weaker = (prompt(Say.WEAKER_SIDE),) if sides.differ(result) else ()
    return (*_amount(result), *weaker)


def _amount(result: SetResult) -> tuple[Prompt, ...]:
    load = _named(result.load)
    if result.hold_s is not None:
        held = prompt(Say.ECHO_HELD, span=result.hold_s)
        return (held,) if load is None else (held, prompt(Say.ECHO_LOAD, load_unit=load))
    if result.reps is None:
        return (prompt(Say.ECHO_OPEN),)
    if load is not None:
        return (prompt(Say.ECHO_AT, reps=result.reps, load=load),)
    if result.reps == 1:
        return (prompt(Say.ECHO_ONE),)
    return (prompt(Say.ECHO, reps=result.reps),)


def _named(load: Load | None) -> Load | None:
    """Return a load worth naming: bodyweight alone is not."""
    return load if load is not None and load.grams else None
