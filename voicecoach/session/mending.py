"""Changing what was logged or planned: amend, undo, skip, weigh, rate, mark as painful."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from voicecoach.errors import UnitError
from voicecoach.language.intents import Intent
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import announcing, leading, records
from voicecoach.session.effects import StopCounting
from voicecoach.session.facts import (
    ExerciseChosen,
    ExerciseSkipped,
    LoadChosen,
    SetAmended,
    SetResult,
    SetSkipped,
    SetVoided,
    SkipUndone,
)
from voicecoach.session.state import (
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    LoggedSet,
    Resting,
    Skip,
    Working,
)
from voicecoach.session.turn import Turn
from voicecoach.training.prescription import WorkoutPrescription
from voicecoach.units import Rpe


def amend(turn: Turn, intent: Intent) -> None:
    """Change the last set to what the athlete says it was."""
    last = _last(turn)
    if last is None:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    result = last.result
    held = result.hold_s is not None
    amount = intent.seconds if held and intent.seconds is not None else intent.reps
    if amount is not None:
        result = replace(result, hold_s=amount) if held else replace(result, reps=amount)
    if intent.load is not None:
        result = replace(result, load=intent.load)
    mended = _replace_result(turn, last, result)
    turn.say(*announcing.echo(result), *records.announced(turn.state, mended))


def rate(turn: Turn, intent: Intent) -> None:
    """Note how hard the last set was, on the scale of exertion."""
    last = _last(turn)
    if last is None or intent.rpe is None:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    _replace_result(turn, last, replace(last.result, rpe=intent.rpe))
    said = prompt(Say.ECHO_RPE, rpe=intent.rpe.value)
    phase = turn.state.phase
    if isinstance(phase, AskingRpe):
        left_s = max(0, (phase.rest_until_ms - turn.at_ms) // 1000)
        leading.rest(turn, phase.rest_until_ms, said, announced_s=left_s or None)
    else:
        turn.say(said)


def rate_bare(turn: Turn, intent: Intent) -> None:
    """Take a bare number as the exertion that was asked for, where it is on the scale."""
    try:
        rpe = Rpe(Decimal(intent.reps or 0))
    except UnitError:
        turn.say(prompt(Say.SORRY), prompt(Say.ASK_RPE))
    else:
        rate(turn, replace(intent, rpe=rpe))


def judge(turn: Turn, effort: str) -> None:
    """Note that the last set was easy or hard."""
    last = _last(turn)
    if last is None:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    _replace_result(turn, last, replace(last.result, effort=effort))
    turn.say(prompt(Say.NOTED_EASY if effort == "easy" else Say.NOTED_HARD))


def undo(turn: Turn) -> None:
    """Take back the last thing that was logged or skipped, and stand before that set again."""
    state = turn.state
    turn.effects.append(StopCounting())
    last = _last(turn)
    if state.skips and (last is None or state.skips[-1].after_sets > state.sets.index(last)):
        turn.record(SkipUndone(at_ms=turn.at_ms))
        turn.change(skips=state.skips[:-1])
    elif last is not None:
        turn.record(SetVoided(at_ms=turn.at_ms, set_id=last.fact.set_id))
        _replace(turn, last, replace(last, voided=True))
    else:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    assert turn.state.position is not None  # noqa: S101  # a place was just made free
    name = announcing.block_name(turn.state.block)
    turn.enter(AwaitingReady(retold=True))
    turn.say(
        prompt(Say.TAKEN_BACK, exercise=name, number=turn.state.position[1] + 1),
        prompt(Say.DO_OR_TELL),
    )


def skip_set(turn: Turn) -> None:
    """Pass over the set that comes next."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # every phase that skips has a set ahead
    block, number = state.position
    turn.effects.append(StopCounting())
    turn.record(SetSkipped(at_ms=turn.at_ms, block=block, number=number + 1))
    _skip(turn, frozenset({(block, number)}))
    turn.hush()
    leading.approach(turn, prompt(Say.SET_SKIPPED))


def skip_exercise(turn: Turn, reason: str = "") -> None:
    """Pass over what is left of the exercise that comes next."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # every phase that skips has a set ahead
    block = state.position[0]
    name = announcing.block_name(state.block)
    turn.effects.append(StopCounting())
    turn.record(ExerciseSkipped(at_ms=turn.at_ms, block=block, reason=reason))
    places = {(block, number) for number in range(len(state.block.sets))}
    done = {(block, logged.fact.number - 1) for logged in state.standing}
    _skip(turn, frozenset(places - done - state.skipped))
    turn.hush()
    leading.approach(turn, prompt(Say.EXERCISE_SKIPPED, exercise=name))


def choose_load(turn: Turn, intent: Intent) -> None:
    """Take the load that the athlete names for the sets ahead of this exercise."""
    state = turn.state
    if intent.load is None or state.position is None:
        turn.say(prompt(Say.NOT_NOW))
        return
    block = state.position[0]
    turn.record(LoadChosen(at_ms=turn.at_ms, block=block, load=intent.load))
    turn.change(loads=(*((b, load) for b, load in state.loads if b != block), (block, intent.load)))
    name = announcing.block_name(state.block)
    said = prompt(Say.LOAD_SET, exercise=name, load_unit=intent.load)
    if isinstance(state.phase, AskingLoad):
        leading.approach(turn, said)
    else:
        turn.say(said)


def leave_load_open(turn: Turn) -> None:
    """Nobody names the load: go on, and let it come with the repetitions."""
    state = turn.state
    if state.position is not None:
        turn.change(open_loads=state.open_loads | {state.position[0]})
    leading.approach(turn, prompt(Say.LOAD_OPEN))


def switch(turn: Turn, intent: Intent) -> None:
    """Do another exercise in this block's place, where the routine offers it and none is done."""
    state = turn.state
    if state.position is None:
        turn.say(prompt(Say.NOT_NOW))
        return
    index = state.position[0]
    chosen = next((e for e in state.block.instead if e.id == intent.exercise), None)
    begun = any(logged.fact.block == index for logged in state.standing)
    if chosen is None or begun:
        turn.say(prompt(Say.NOT_NOW))
        return
    turn.record(ExerciseChosen(at_ms=turn.at_ms, block=index, exercise=chosen.id))
    turn.change(plan=with_exercise(state.plan, index, chosen.id))
    leading.approach(turn, prompt(Say.SWITCHED, exercise=chosen.name))


def with_exercise(plan: WorkoutPrescription, index: int, exercise: str) -> WorkoutPrescription:
    """Return `plan` with a block's exercise changed for the one of that id it offers instead."""
    block = plan.blocks[index]
    chosen = next((e for e in block.instead if e.id == exercise), None)
    if chosen is None:
        return plan
    others = tuple(e for e in block.instead if e.id != exercise)
    changed = replace(block, exercise=chosen, variation=None, instead=(*others, block.exercise))
    return replace(
        plan, blocks=tuple(changed if n == index else b for n, b in enumerate(plan.blocks))
    )


def hurts(turn: Turn, source: str) -> None:
    """End the set with a mark, and offer to leave the exercise out."""
    phase = turn.state.phase
    if isinstance(phase, AskingReps):
        leading.ask_reps(turn, *_care(turn), pain=True)
        return
    block = turn.state.position[0] if turn.state.position else 0
    if isinstance(phase, Working):
        turn.effects.append(StopCounting())
        turn.hush()
        result = replace(leading.measured(turn, phase), pain=True)
        leading.record_set(turn, result, source)
    elif isinstance(phase, Resting | AskingRpe):
        last = _last(turn)
        if last is not None:
            block = last.fact.block
            _replace_result(turn, last, replace(last.result, pain=True))
    leading.offer_skip(turn, block, *_care(turn))


def _care(turn: Turn) -> tuple[Prompt, ...]:
    """Return what is said of pain: the advice once a session, no more."""
    advised = turn.state.hurt_advised
    turn.change(hurt_advised=True)
    marked = prompt(Say.HURT)
    return (marked,) if advised else (marked, prompt(Say.HURT_ADVICE))


def _last(turn: Turn) -> LoggedSet | None:
    standing = turn.state.standing
    return standing[-1] if standing else None


def _replace_result(turn: Turn, logged: LoggedSet, result: SetResult) -> LoggedSet:
    turn.record(SetAmended(at_ms=turn.at_ms, set_id=logged.fact.set_id, result=result))
    mended = replace(logged, result=result)
    _replace(turn, logged, mended)
    return mended


def _replace(turn: Turn, old: LoggedSet, new: LoggedSet) -> None:
    turn.change(sets=tuple(new if logged is old else logged for logged in turn.state.sets))


def _skip(turn: Turn, places: frozenset[tuple[int, int]]) -> None:
    state = turn.state
    turn.change(skips=(*state.skips, Skip(places, after_sets=len(state.sets))))
