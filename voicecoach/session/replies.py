"""What each thing the athlete can say does, phase by phase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import (
    answering,
    asides,
    closing,
    doubt,
    leading,
    measuring,
    mending,
    minutes,
    rounds,
    sides,
)
from voicecoach.session.effects import Earcon, StopCounting
from voicecoach.session.facts import InjuryAnswered
from voicecoach.session.phases import (
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Choosing,
    ConfirmingFinish,
    CountingDown,
    OfferingSkip,
    Paused,
    Resting,
    WarmingUp,
    Working,
)
from voicecoach.session.turn import Turn
from voicecoach.session.vocabulary import ANSWERS_CHOICE, legal_intents
from voicecoach.training.prescription import RepTarget


def reply(turn: Turn, intent: Intent, source: str) -> None:
    """Do what the athlete means; what does not fit the moment gets a word when it was typed."""
    if intent.name in legal_intents(turn.state):
        phase = turn.state.phase
        if isinstance(phase, Choosing) and intent.name in ANSWERS_CHOICE:
            intent = doubt.answer(turn, phase, intent)
        _REPLIES[intent.name](turn, intent, source)
    elif source == "typed":
        turn.say(prompt(Say.NOT_NOW))


def question(turn: Turn) -> tuple[Prompt, ...]:
    """Return the question of this phase, as it is asked a second time."""
    match turn.state.phase:
        case AwaitingReady():
            return (prompt(Say.WHEN_READY),)
        case AskingReps():
            held = turn.state.is_hold
            return (prompt(Say.HOW_MANY_SECONDS if held else Say.HOW_MANY_REPS),)
        case _:
            return turn.state.last_said[-1:]


def leave_question(turn: Turn, phase: ConfirmingFinish) -> None:
    """Go back to what was under way before the question."""
    turn.enter(phase.within)
    turn.say(prompt(Say.GOING_ON))


def _ready(turn: Turn, _: Intent, __: str) -> None:
    match turn.state.phase:
        case WarmingUp():
            turn.hush()
            leading.approach(turn)
        case AskingLoad():
            mending.leave_load_open(turn)
        case Resting() | AskingRpe():
            _begin_now(turn)
        case Paused() as phase:
            _unpause(turn, phase)
        case _:
            leading.count_down(turn)


def _begin_now(turn: Turn) -> None:
    """Cut the rest short and begin, unless a load must be asked for or an exercise told first."""
    turn.effects.append(StopCounting())
    turn.hush()
    by_clock = minutes.start_ms(turn.state) is not None  # in the rest it was told in full
    if turn.state.lacks_load or (turn.state.is_new and not by_clock):
        leading.approach(turn)
    else:
        leading.count_down(turn)


def _done(turn: Turn, intent: Intent, source: str) -> None:
    match turn.state.phase:
        case WarmingUp():
            _ready(turn, intent, source)
        case Working() as phase:
            if intent.load is not None and intent.reps is not None:
                _log_named(turn, intent, source)
            else:
                turn.hush()
                leading.end_set(turn, phase, intent.reps, source)
        case _ if intent.reps is not None:
            _number(turn, intent, source)
        case AwaitingReady():
            leading.ask_reps(turn)
        case AskingReps():
            turn.say(*question(turn))
        case _:
            turn.say(prompt(Say.NOT_NOW))


def _number(turn: Turn, intent: Intent, source: str) -> None:
    """Take a number of reps for what the moment makes of it."""
    match turn.state.phase:
        case Resting() | AskingRpe() | OfferingSkip():
            mending.amend(turn, intent)
        case AskingReps() | AwaitingReady() | Working():
            _log_named(turn, intent, source)
        case _:
            turn.say(prompt(Say.NOT_NOW))


def _log_named(turn: Turn, intent: Intent, source: str) -> None:
    """Log the set that comes next as the athlete names it."""
    phase = turn.state.phase
    work = phase if isinstance(phase, Working) else Working(turn.at_ms)
    amount = intent.reps if intent.reps is not None else intent.seconds
    if amount is None and not isinstance(phase, Working):
        turn.say(*question(turn))  # a number without its value: ask, never measure a silence
        return
    if amount == 0 and rounds.over(turn.state, turn.at_ms):
        mending.skip_set(turn)  # the time was over before its first repetition
        return
    result = measuring.measured(turn, work, reps=amount)
    if intent.load is not None:
        result = replace(result, load=intent.load)
    turn.effects.append(StopCounting())
    turn.hush()
    if isinstance(phase, AskingReps) and phase.pain:
        logged = leading.record_set(turn, replace(result, pain=True), source)
        leading.offer_skip(turn, logged.place)
    elif isinstance(phase, Working):
        leading.complete(turn, result, source, named=True)
    else:
        both = sides.joined(turn.state, result, named=True)
        leading.log_set(turn, both, sides.source_of(turn.state, both, source))


def _bare_number(turn: Turn, intent: Intent, source: str) -> None:
    phase = turn.state.phase
    if isinstance(phase, AskingRpe):
        mending.rate_bare(turn, intent)
    else:
        _number(turn, intent, source)


def _same_again(turn: Turn, intent: Intent, source: str) -> None:
    """Log as much as the set before it of the same exercise."""
    before = turn.state.last_of_block
    amount = None if before is None else sides.amount(before.result)
    _log_named(turn, replace(intent, reps=amount), source)


def _count_aloud(turn: Turn, intent: Intent, _: str) -> None:
    """Follow the athlete's own count; say how many are to go near its end."""
    phase = turn.state.phase
    assert isinstance(phase, Working)  # noqa: S101  # counts are legal nowhere else
    if intent.reps is None or intent.reps <= phase.counted:
        return
    turn.enter(replace(phase, counted=intent.reps, touched_ms=turn.at_ms, reminders=0))
    target = turn.state.prescription.target
    if isinstance(target, RepTarget) and not target.to_failure:
        to_go = target.high - intent.reps
        if to_go in (1, 2):
            turn.say(prompt(Say.LAST_ONE if to_go == 1 else Say.TWO_TO_GO))


def _amend(turn: Turn, intent: Intent, source: str) -> None:
    phase = turn.state.phase
    if isinstance(phase, Choosing):
        turn.enter(phase.within)
        _amend(turn, intent, source)
    elif isinstance(phase, AskingReps) and intent.reps is not None:
        _log_named(turn, intent, source)  # corrected before it was ever logged
    else:
        mending.amend(turn, intent)


def _weight(turn: Turn, intent: Intent, _: str) -> None:
    mending.choose_load(turn, intent)


def _duration(turn: Turn, intent: Intent, source: str) -> None:
    phase = turn.state.phase
    if isinstance(phase, AskingReps):
        _log_named(turn, intent, source)
    elif isinstance(phase, Resting) and intent.seconds is not None:
        turn.effects.append(StopCounting())
        until_ms = turn.at_ms + 1000 * intent.seconds
        turn.change(clock=minutes.moved(turn.state, until_ms - phase.until_ms))
        leading.rest_on(turn, until_ms, announced_s=intent.seconds)


def _add_time(turn: Turn, intent: Intent, _: str) -> None:
    seconds = intent.seconds or 30
    match turn.state.phase:
        case WarmingUp(until_ms):
            turn.enter(WarmingUp(until_ms + 1000 * seconds))
            turn.say(prompt(Say.LONGER, span=seconds))
        case Resting(until_ms):
            turn.effects.append(StopCounting())
            turn.change(clock=minutes.moved(turn.state, 1000 * seconds))
            leading.rest_on(turn, until_ms + 1000 * seconds, prompt(Say.LONGER, span=seconds))
        case _:
            turn.say(prompt(Say.NOT_NOW))


def _skip(turn: Turn, intent: Intent, source: str) -> None:
    match turn.state.phase:
        case Resting() | AskingRpe():
            leading.skip_rest(turn)
        case WarmingUp() | AskingLoad():
            _ready(turn, intent, source)
        case AskingInjury():
            leading.begin_workout(turn, prompt(Say.ASK_AGAIN_LATER))
        case Working() as phase if intent.name is I.NEXT:
            turn.hush()
            leading.end_set(turn, phase, None, source)
        case _:
            mending.skip_set(turn)


def _pause(turn: Turn, intent: Intent, _: str) -> None:
    phase = turn.state.phase
    turn.effects.append(StopCounting(at_once=True))
    turn.hush()
    if not isinstance(phase, Paused):
        turn.enter(Paused(turn.at_ms, within=phase))
    turn.play(Earcon.PAUSED)
    if intent.name is I.PAUSE:
        turn.say(prompt(Say.PAUSED))


def _resume(turn: Turn, _: Intent, __: str) -> None:
    phase = turn.state.phase
    if isinstance(phase, Paused):
        _unpause(turn, phase)
    elif isinstance(phase, ConfirmingFinish):
        leave_question(turn, phase)
    else:
        turn.say(prompt(Say.NOT_NOW))


def _unpause(turn: Turn, phase: Paused) -> None:
    """Take up what was held, every timer as far from its end as it was."""
    held_ms = turn.at_ms - phase.since_ms
    turn.hush()
    turn.play(Earcon.RESUMED)
    turn.change(clock=minutes.moved(turn.state, held_ms))
    within = phase.within
    turn.enter(within)
    match within:
        case WarmingUp(until_ms):
            turn.enter(WarmingUp(until_ms + held_ms))
            turn.say(prompt(Say.RESUMING))
        case Resting(until_ms):
            leading.rest_on(turn, until_ms + held_ms, prompt(Say.RESUMING))
        case AskingRpe(rest_until_ms):
            turn.enter(AskingRpe(rest_until_ms + held_ms))
            turn.say(prompt(Say.ASK_RPE))
        case CountingDown(counted=already):
            leading.count_down(turn, already)
        case Working(grid=grid, counted=already) if grid is not None:
            leading.count_down(turn, already)
        case Working():
            turn.enter(replace(within, touched_ms=turn.at_ms))
            turn.say(prompt(Say.RESUMING))
        case _:
            turn.say(prompt(Say.RESUMING), *question(turn))


def _finish(turn: Turn, _: Intent, __: str) -> None:
    phase = turn.state.phase
    if isinstance(phase, ConfirmingFinish):
        closing.finish(turn)
        return
    turn.effects.append(StopCounting())
    turn.hush()
    turn.enter(ConfirmingFinish(within=phase))
    turn.say(prompt(Say.ASK_FINISH))


def _yes(turn: Turn, _: Intent, __: str) -> None:
    match turn.state.phase:
        case AskingInjury():
            turn.record(InjuryAnswered(at_ms=turn.at_ms, injured=True))
            leading.begin_workout(turn, prompt(Say.INJURED))
        case OfferingSkip(block):
            mending.skip_exercise(turn, block, reason="pain")
        case ConfirmingFinish():
            closing.finish(turn)
        case _:
            turn.say(prompt(Say.NOT_NOW))


def _no(turn: Turn, _: Intent, __: str) -> None:
    match turn.state.phase:
        case AskingInjury():
            turn.record(InjuryAnswered(at_ms=turn.at_ms, injured=False))
            leading.begin_workout(turn, prompt(Say.NOT_INJURED))
        case OfferingSkip():
            leading.approach(turn, prompt(Say.HURT_ON))
        case ConfirmingFinish() as phase:
            leave_question(turn, phase)
        case Choosing() as phase:
            turn.enter(phase.within)
            turn.say(prompt(Say.SAY_IT_AGAIN))
        case AskingLoad():
            mending.leave_load_open(turn)
        case _:
            turn.say(prompt(Say.NOT_NOW))


def _hurts(turn: Turn, _: Intent, source: str) -> None:
    mending.hurts(turn, source)


_REPLIES: dict[I, Callable[[Turn, Intent, str], None]] = {
    I.READY: _ready,
    I.DONE: _done,
    I.NUMBER: _bare_number,
    I.DIGITS: _bare_number,
    I.REPS: _number,
    I.SAME_AGAIN: _same_again,
    I.COUNT: _count_aloud,
    I.AMEND: _amend,
    I.LOAD: _weight,
    I.WEIGHT: _weight,
    I.DURATION: _duration,
    I.RPE: lambda turn, intent, _: mending.rate(turn, intent),
    I.EASY: lambda turn, _, __: mending.judge(turn, "easy"),
    I.HARD: lambda turn, _, __: mending.judge(turn, "hard"),
    I.BODYWEIGHT: lambda turn, intent, _: asides.weigh(turn, intent),
    I.NOTE: lambda turn, _, __: asides.note(turn),
    I.UNDO: lambda turn, _, __: mending.undo(turn),
    I.PAUSE: _pause,
    I.STOP: _pause,
    I.RESUME: _resume,
    I.NEXT: _skip,
    I.SKIP: _skip,
    I.SKIP_SET: lambda turn, _, __: mending.skip_set(turn),
    I.SKIP_REST: lambda turn, _, __: leading.skip_rest(turn),
    I.SKIP_EXERCISE: lambda turn, _, __: mending.skip_exercise(turn),
    I.SWITCH: lambda turn, intent, _: mending.switch(turn, intent),
    I.REPEAT: lambda turn, _, __: answering.repeat(turn),
    I.HOW_LONG_LEFT: lambda turn, _, __: answering.how_long_left(turn),
    I.WHATS_NEXT: lambda turn, _, __: answering.whats_next(turn),
    I.HOW_MANY_LEFT: lambda turn, _, __: answering.how_many_left(turn),
    I.ADD_TIME: _add_time,
    I.FASTER: lambda turn, _, __: answering.adjust_pace(turn, +1),
    I.SLOWER: lambda turn, _, __: answering.adjust_pace(turn, -1),
    I.LOUDER: lambda turn, _, __: answering.adjust_volume(turn, +1),
    I.SOFTER: lambda turn, _, __: answering.adjust_volume(turn, -1),
    I.CUES: lambda turn, _, __: answering.cues(turn),
    I.HURTS: _hurts,
    I.FINISH: _finish,
    I.YES: _yes,
    I.NO: _no,
    I.HELP: lambda turn, _, __: answering.help_with(turn, legal_intents(turn.state)),
}
