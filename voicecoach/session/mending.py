"""Changing what was logged or planned: amend, undo, skip, weigh, rate, mark as painful."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from voicecoach.errors import UnitError
from voicecoach.language.intents import Intent
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import (
    announcing,
    asides,
    leading,
    measuring,
    minutes,
    records,
    rounds,
    sides,
)
from voicecoach.session.effects import StopCounting
from voicecoach.session.facts import (
    ExerciseChosen,
    ExerciseSkipped,
    LoadChosen,
    SetAmended,
    SetResult,
    SetSkipped,
    SetVoided,
    SideTakenBack,
    SkipUndone,
)
from voicecoach.session.phases import (
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Resting,
    Working,
)
from voicecoach.session.state import LoggedSet, Side, Skip, State
from voicecoach.session.turn import Turn
from voicecoach.training.order import Place, with_its_drops
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.training.sets import at_load
from voicecoach.units import Load, Rpe


def amend(turn: Turn, intent: Intent) -> None:
    """Change the last set, or the side just done of one, to what the athlete says it was."""
    first = turn.state.first_side
    if turn.state.side is Side.RIGHT and first is not None:
        result = _mended(first.result, intent)
        mended_side = sides.done(turn.state, result, first.source, turn.at_ms)
        turn.record(mended_side)
        turn.change(first_side=sides.kept(mended_side))
        turn.say(*announcing.echo(result))
        return
    last = _last(turn)
    if last is None:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    mended = _replace_result(turn, last, _mended(last.result, intent))
    turn.say(*announcing.echo(mended.result), *records.announced(turn.state, mended))


def _mended(result: SetResult, intent: Intent) -> SetResult:
    held = result.hold_s is not None
    amount = intent.seconds if held and intent.seconds is not None else intent.reps
    if amount is not None:
        result = replace(result, hold_s=amount) if held else replace(result, reps=amount)
        if sides.differ(result):
            result = replace(result, note="")  # what it said of the two sides no longer holds
    if intent.load is not None:
        result = replace(result, load=intent.load)
    return result


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
    """Take back the last thing done, logged or skipped, and stand before that set again."""
    if asides.undo(turn):
        return
    state = turn.state
    turn.effects.append(StopCounting())
    last = _last(turn)
    if state.side is Side.RIGHT:
        turn.record(SideTakenBack(at_ms=turn.at_ms))
        turn.change(first_side=None)
        turn.enter(AwaitingReady(retold=True))
        turn.say(prompt(Say.SIDE_TAKEN_BACK), prompt(Say.DO_OR_TELL))
        return
    skips = state.wished
    if skips and (last is None or skips[-1].after_sets > state.sets.index(last)):
        turn.record(SkipUndone(at_ms=turn.at_ms))
        turn.state = without_last_skip(state)
    elif last is not None:
        turn.record(SetVoided(at_ms=turn.at_ms, set_id=last.fact.set_id))
        _replace(turn, last, replace(last, voided=True))
    else:
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    assert turn.state.position is not None  # noqa: S101  # a place was just made free
    place = announcing.next_place(turn.state, of=False)
    turn.enter(AwaitingReady(retold=True))
    turn.say(prompt(Say.TAKEN_BACK, place=place), prompt(Say.DO_OR_TELL))


def without_last_skip(state: State) -> State:
    """Return `state` with what the athlete passed over last still to be done."""
    skips = list(state.skips)
    skips.remove(state.wished[-1])
    return replace(state, skips=tuple(skips))


def skip_set(turn: Turn) -> None:
    """Pass over the set that comes next; with a working set go the drops that would follow it."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # every phase that skips has a set ahead
    block, number = state.position
    turn.effects.append(StopCounting())
    turn.record(SetSkipped(at_ms=turn.at_ms, block=block, number=number + 1))
    _skip(turn, with_its_drops(state.plan.blocks[block], state.position))
    turn.hush()
    _pass_on(turn, prompt(Say.SET_SKIPPED))


def skip_exercise(turn: Turn, block: int | None = None, reason: str = "") -> None:
    """Pass over what is left of the exercise of `block`, or of the one that comes next."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # every phase that skips has a set ahead
    block = state.position[0] if block is None else block
    name = announcing.block_name(state.plan.blocks[block])
    turn.effects.append(StopCounting())
    turn.record(ExerciseSkipped(at_ms=turn.at_ms, block=block, reason=reason))
    _skip(turn, state.places_left(block))
    turn.hush()
    _pass_on(turn, prompt(Say.EXERCISE_SKIPPED, exercise=name))


def _pass_on(turn: Turn, said: Prompt) -> None:
    """Go to the set after what was skipped; the clock, where one runs, goes on meanwhile."""
    if rounds.running(turn.state):
        leading.next_of_round(turn, said)
        return
    start_ms = minutes.start_ms(turn.state)
    if start_ms is not None and start_ms > turn.at_ms:
        leading.wait_for_start(turn, said)
    else:
        leading.approach(turn, said)


def choose_load(turn: Turn, intent: Intent) -> None:
    """Take the load that the athlete names for the sets ahead of this exercise."""
    state = turn.state
    if intent.load is None or state.position is None:
        turn.say(prompt(Say.NOT_NOW))
        return
    if isinstance(state.phase, Resting) and state.lacks_load_done and not state.lacks_load:
        _weigh_last(turn, intent.load)
        return
    block = state.position[0]
    turn.record(LoadChosen(at_ms=turn.at_ms, block=block, load=intent.load))
    warming_up = state.prescription.kind is SetKind.WARMUP
    turn.state = with_load(state, block, intent.load)
    name = announcing.block_name(state.block)
    said = prompt(Say.LOAD_SET, exercise=name, load_unit=intent.load)
    first = turn.state.prescription.load
    if warming_up:
        said = prompt(Say.WORK_AT, load_unit=intent.load)
    if not isinstance(state.phase, AskingLoad):
        lighter = state.lacks_load and first != intent.load
        turn.say(said, *([prompt(Say.NEXT_LOAD, load_unit=first)] if lighter else []))
    elif first == intent.load:
        leading.approach(turn)  # which names the load
    else:
        leading.approach(turn, said)


def _weigh_last(turn: Turn, load: Load) -> None:
    """Take the load for the set just done, and for those that are left of its exercise."""
    last = turn.state.standing[-1]
    mended = _replace_result(turn, last, replace(last.result, load=load))
    block = last.fact.block
    if turn.state.sets_left(block):
        turn.record(LoadChosen(at_ms=turn.at_ms, block=block, load=load))
        turn.state = with_load(turn.state, block, load)
    turn.say(*announcing.echo(mended.result), *records.announced(turn.state, mended))


def with_load(state: State, block: int, load: Load) -> State:
    """Return `state` with the sets ahead of a block at a load that the athlete named."""
    plan = state.plan
    begun = len(plan.blocks[block].sets) - state.sets_left(block)
    changed = at_load(plan.blocks[block], load, plan.at_hand, begun=begun)
    blocks = (*plan.blocks[:block], changed, *plan.blocks[block + 1 :])
    return replace(state, plan=replace(plan, blocks=blocks))


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
    turn.change(plan=with_exercise(state.plan, index, chosen.id), first_side=None)
    leading.approach(turn, prompt(Say.SWITCHED, exercise=chosen.name))


def with_exercise(plan: WorkoutPrescription, index: int, exercise: str) -> WorkoutPrescription:
    """Return `plan` with a block's exercise changed for the one of that id it offers instead.

    What hangs from a bar is not held in a hand: where another thing carries
    the load, it is asked for anew.
    """
    block = plan.blocks[index]
    chosen = next((e for e in block.instead if e.id == exercise), None)
    if chosen is None:
        return plan
    others = tuple(e for e in block.instead if e.id != exercise)
    changed = replace(block, exercise=chosen, variation=None, instead=(*others, block.exercise))
    if chosen.implement is not block.exercise.implement_for(block.variation):
        changed = replace(changed, asks_load=chosen.implement.is_loaded)
        changed = at_load(changed, None, plan.at_hand)
    return replace(
        plan, blocks=tuple(changed if n == index else b for n, b in enumerate(plan.blocks))
    )


def hurts(turn: Turn, source: str) -> None:
    """Mark the set that hurt, if one did, and offer to leave the exercise out."""
    phase = turn.state.phase
    marked = False
    if isinstance(phase, AskingReps):
        leading.ask_reps(turn, *_care(turn), pain=True)
        return
    place = turn.state.position or (0, 0)
    if isinstance(phase, Working):
        turn.effects.append(StopCounting())
        turn.hush()
        source = measuring.counted_by(turn.state, phase) or source
        result = sides.hurt(turn.state, measuring.measured(turn, phase))
        source = sides.source_of(turn.state, result, source)
        leading.record_set(turn, replace(result, pain=True), source)
        marked = True
    elif isinstance(phase, Resting | AskingRpe):
        last = _last(turn)
        if last is not None:
            place = last.place
            _replace_result(turn, last, replace(last.result, pain=True))
            marked = True
    leading.offer_skip(turn, place, *_care(turn, marked=marked))


def _care(turn: Turn, *, marked: bool = True) -> tuple[Prompt, ...]:
    """Return what is said of pain: that a set was marked, and the advice once a session."""
    advised = turn.state.hurt_advised
    turn.change(hurt_advised=True)
    said = [prompt(Say.HURT)] if marked else []
    return (*said, *([] if advised else [prompt(Say.HURT_ADVICE)]))


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


def _skip(turn: Turn, places: frozenset[Place]) -> None:
    state = turn.state
    skips = (*state.skips, Skip(places, after_sets=len(state.sets)))
    turn.change(skips=skips, first_side=None)
