"""The coach as a pure function: an event moves the state on and has effects."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.prompts import Say, prompt
from voicecoach.session import (
    answering,
    asides,
    closing,
    doubt,
    going_on,
    leading,
    mending,
    replies,
    rounds,
)
from voicecoach.session.deadlines import PATIENCE, deadline
from voicecoach.session.effects import Earcon, Effect, StopCounting
from voicecoach.session.events import (
    DeadlineReached,
    Dictated,
    Event,
    IntentHeard,
    NothingUnderstood,
    ReadingsHeard,
    RecordFailed,
    SessionInterrupted,
    SessionOpened,
    SpeechEnded,
)
from voicecoach.session.facts import RoundsEnded, SetLogged, SideDone
from voicecoach.session.phases import (
    WAITING,
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    Choosing,
    ConfirmingFinish,
    CountingDown,
    Ended,
    NotOpened,
    Paused,
    Resting,
    TakingNote,
    Wait,
    WarmingUp,
    Working,
)
from voicecoach.session.state import Side, State
from voicecoach.session.turn import Turn
from voicecoach.session.vocabulary import legal_intents, vocabulary

__all__ = ["deadline", "step", "vocabulary"]


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """Return the state after `event`, and what is to be done about it, in order.

    What the athlete says or does never raises; it yields a reply. An event
    that cannot happen in this state (one that opens an open session, a
    deadline that was not due) is the driver's mistake: RuntimeError.
    """
    turn = Turn(state, event.at_ms)
    match event:
        case SessionOpened():
            if not isinstance(state.phase, NotOpened):
                msg = f"a session in {type(state.phase).__name__} cannot be opened"
                raise RuntimeError(msg)  # noqa: TRY004  # the order is wrong, not a type
            leading.open_session(turn)
        case DeadlineReached():
            due = deadline(state)
            if due is None or event.at_ms < due:
                msg = f"nothing is due at {event.at_ms} ms; the deadline is {due}"
                raise RuntimeError(msg)
            _deadline(turn)
        case SpeechEnded():
            _speech_ended(turn, event)
        case IntentHeard():
            _heard(turn, event)
        case ReadingsHeard():
            _two_readings(turn, event)
        case NothingUnderstood():
            _nothing_understood(turn, certain=event.certain)
        case Dictated():
            if not asides.dictated(turn, event):
                _nothing_understood(turn, certain=event.source == "typed")
        case RecordFailed():
            _record_failed(turn, event)
        case SessionInterrupted():
            if not isinstance(state.phase, Ended):
                closing.leave(turn)
    return turn.state, tuple(turn.effects)


def _heard(turn: Turn, event: IntentHeard) -> None:
    begun_as, intent = event.begun_as, event.intent
    meant = intent if begun_as is None else going_on.put_right(begun_as, intent)
    if meant is not None:
        replies.reply(turn, meant, event.source)


def _speech_ended(turn: Turn, event: SpeechEnded) -> None:
    if event.utterance != turn.state.utterances:
        return  # something else is being said by now
    turn.change(speaking=False)
    phase = turn.state.phase
    if isinstance(phase, WAITING) and phase.wait.since_ms is None:
        turn.enter(replace(phase, wait=replace(phase.wait, since_ms=turn.at_ms)))


def _deadline(turn: Turn) -> None:
    phase = turn.state.phase
    called_ms = rounds.due_ms(turn.state)
    if called_ms is not None and called_ms <= turn.at_ms:
        leading.call_time(turn)
        return
    match phase:
        case WarmingUp():
            leading.approach(turn, prompt(Say.WARM_UP_OVER))
        case CountingDown():
            leading.begin_work(turn, phase)
        case Working(grid=None):
            _remind_worker(turn, phase)
        case Working():
            leading.tick(turn, phase)
        case Resting(called=False):
            leading.call_rest(turn, phase)
        case Resting():
            leading.end_rest(turn, phase)
        case AskingRpe(rest_until_ms) if turn.at_ms >= rest_until_ms:
            leading.end_rest(turn, phase)
        case Paused():
            closing.keep_for_later(turn)
        case _:
            _remind(turn)


def _remind(turn: Turn) -> None:
    """Ask once again; after that a quiet tone now and then, and at long last give up."""
    phase = turn.state.phase
    assert isinstance(phase, WAITING)  # noqa: S101  # no other phase has this deadline
    wait = phase.wait
    if wait.reminders == 0:
        turn.enter(replace(phase, wait=Wait(None, 1)))
        turn.say(*replies.question(turn))
    elif isinstance(phase, AskingLoad):
        mending.leave_load_open(turn)
    elif isinstance(phase, AskingInjury):
        leading.begin_workout(turn, prompt(Say.ASK_AGAIN_LATER))
    elif isinstance(phase, ConfirmingFinish):
        replies.leave_question(turn, phase)
    elif isinstance(phase, TakingNote):
        asides.leave_note(turn, phase)
    elif wait.reminders >= PATIENCE:
        closing.keep_for_later(turn)
    else:
        turn.enter(replace(phase, wait=Wait(turn.at_ms, wait.reminders + 1)))
        turn.play(Earcon.REMINDER)


def _remind_worker(turn: Turn, phase: Working) -> None:
    if phase.reminders >= PATIENCE:
        closing.keep_for_later(turn)
        return
    turn.enter(replace(phase, reminders=phase.reminders + 1, touched_ms=turn.at_ms))
    if phase.reminders == 0:
        turn.say(prompt(Say.STILL_GOING))
    else:
        turn.play(Earcon.REMINDER)


def _two_readings(turn: Turn, event: ReadingsHeard) -> None:
    phase = turn.state.phase
    if isinstance(phase, Choosing) and set(event.readings) == set(phase.readings):
        # Asked already: the likelier is taken, and what it was taken for is said.
        replies.reply(turn, doubt.answer(turn, phase, event.readings[0]), event.source)
    elif not doubt.ask(turn, event.readings):
        _nothing_understood(turn, certain=False)


def _nothing_understood(turn: Turn, *, certain: bool) -> None:
    phase = turn.state.phase
    if certain:
        turn.say(prompt(Say.SORRY))
        if not isinstance(phase, NotOpened | Ended):
            answering.help_with(turn, legal_intents(turn.state))
    elif (
        isinstance(phase, AskingLoad | AskingReps | AskingRpe | Choosing)
        and phase.wait.since_ms is not None
        and phase.wait.reminders == 0
    ):
        turn.enter(replace(phase, wait=Wait(None, 1)))
        turn.say(prompt(Say.SORRY), *replies.question(turn))


def _record_failed(turn: Turn, event: RecordFailed) -> None:
    """The step that failed did not happen: say so, and ask again where a set hangs on it.

    A side that is done is turned from all the same: only a session that breaks off loses it.
    """
    said = prompt(Say.RECORD_FAILED)
    turn.play(Earcon.ERROR)
    side = next((fact for fact in event.facts if isinstance(fact, SideDone)), None)
    if side is not None and turn.state.side is Side.LEFT:
        leading.turn_over(turn, side, said)
        return
    if any(isinstance(fact, SetLogged) for fact in event.facts):
        turn.effects.insert(0, StopCounting())
        turn.enter(AskingReps())
        turn.say(said, prompt(Say.SAY_IT_AGAIN))
    else:
        if any(isinstance(fact, RoundsEnded) for fact in event.facts):
            clock, _ = rounds.call(turn.state, turn.at_ms)  # tried again after the next set
            turn.change(clock=clock)
        turn.say(said)
