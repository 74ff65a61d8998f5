"""The sentences about a set: what it is, how it is done, what was logged."""

from __future__ import annotations

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.facts import SetResult
from voicecoach.session.state import State
from voicecoach.training.exercise import Exercise, ExerciseKind, Variation
from voicecoach.training.prescription import BlockPrescription, HoldTarget, RepTarget
from voicecoach.units import Load


def spoken_name(exercise: Exercise, variation: Variation | None = None) -> str:
    """Return what the coach calls an exercise: "sumo deadlift", "pull-up, wide grip"."""
    return exercise.name if variation is None else variation.name or exercise.name


def block_name(block: BlockPrescription) -> str:
    """Return what the coach calls a block's exercise."""
    return spoken_name(block.exercise, block.variation)


def announcement(state: State) -> tuple[Prompt, ...]:
    """Return what is said before the set that comes next. LookupError when all is done."""
    block, place = state.block, state.position
    assert place is not None  # noqa: S101  # state.block has raised otherwise
    number = place[1]
    said = [
        prompt(Say.ANNOUNCE, exercise=block_name(block), number=number + 1, sets=len(block.sets)),
        *target(state),
    ]
    if block.exercise.kind is ExerciseKind.EACH_SIDE:
        said.append(prompt(Say.EACH_SIDE))
    said += [prompt(Say.VERBATIM, text=cue) for cue in due_cues(block, number)]
    if number == 0 and block.instead:
        said.append(prompt(Say.OR_ELSE, exercise=block.instead[0].name))
    return (*said, prompt(Say.SAY_READY))


def target(state: State) -> tuple[Prompt, ...]:
    """Return how much the set that comes next asks for."""
    prescription = state.prescription
    load = _named(prescription.load)
    match prescription.target:
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
