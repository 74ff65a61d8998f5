"""What every conversation beside the workout does alike: ask, wait, repeat, end.

A `Dialogue` is the state that all of them have, a `DialogueTurn` one turn of
it, and a `Script` what one of them does of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from voicecoach.language.intents import PHRASINGS, Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.language.vocabulary import Dictation, Vocabulary
from voicecoach.session.answering import RATE_STEP_PERCENT, VOLUME_STEP_DB
from voicecoach.session.conversation import Conversation
from voicecoach.session.deadlines import ASKED_AGAIN_MS, PATIENCE, REMINDER_MS
from voicecoach.session.effects import (
    AdjustRate,
    AdjustVolume,
    Earcon,
    Effect,
    EndSession,
    Speak,
    StopCounting,
    StopSpeaking,
)
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
from voicecoach.session.moments import Moment
from voicecoach.session.phases import Wait
from voicecoach.session.turn import Moving
from voicecoach.units import Unit

MANNERS = frozenset({I.REPEAT, I.HELP, I.LOUDER, I.SOFTER, I.FASTER, I.SLOWER, I.STOP, I.FINISH})
"""What may be said in any of them, at any time."""

SPOKEN_OVER = frozenset({I.STOP, I.FASTER, I.SLOWER})
"""What is heard while the coach speaks; the answers of the moment are heard as well."""


UNASKED = Wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """A conversation at one instant.

    `asks` names the question that waits for an answer: what a scripted
    athlete answers to.
    """

    session_id: str
    unit: Unit = Unit.KG
    asks: str = ""
    wait: Wait = UNASKED
    utterances: int = 0
    speaking: bool = False
    last_said: tuple[Prompt, ...] = ()
    opened: bool = False
    ended: bool = False

    @property
    def counting(self) -> bool:
        """Nobody counts here."""
        return False


D = TypeVar("D", bound=Dialogue)


class DialogueTurn(Moving[D]):
    """Builds what a step of a dialogue returns."""

    def ask(self, asks: str, *prompts: Prompt) -> None:
        """Say `prompts`, and wait for an answer to the question called `asks`."""
        self.change(asks=asks, wait=UNASKED)
        self.say(*prompts)

    def say(self, *prompts: Prompt) -> None:
        """Say `prompts` as one utterance; what is waited for is waited for from its end."""
        if not prompts:
            return
        utterance = self.state.utterances + 1
        self.change(
            utterances=utterance,
            speaking=True,
            last_said=prompts,
            wait=Wait(None, self.state.wait.reminders),
        )
        self.effects.append(Speak(utterance, prompts))

    def end(self, *prompts: Prompt) -> None:
        """Say `prompts`, and end."""
        self.say(*prompts)
        self.change(ended=True)
        self.effects.append(EndSession())


Reply = Callable[[DialogueTurn[D], Intent, str], None]
"""Does what the athlete means; the last is whether it was said (voice) or typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(Generic[D]):
    """What one kind of dialogue does of its own.

    `vocabulary` is what may be said while the coach is silent. `question` is
    the question of the moment, as it is asked a second time; empty where
    nothing is asked, and then nobody is reminded. `close` ends the dialogue at
    the athlete's word, or when nobody has answered for long; `leave` at once.
    """

    open: Callable[[DialogueTurn[D]], None]
    replies: Mapping[I, Reply[D]]
    vocabulary: Callable[[D], Vocabulary]
    question: Callable[[D], tuple[Prompt, ...]]
    close: Callable[[DialogueTurn[D]], None]
    leave: Callable[[DialogueTurn[D]], None]
    choose: Callable[[DialogueTurn[D], ReadingsHeard], None]
    record_failed: Callable[[DialogueTurn[D], RecordFailed], None]
    foreseen: Callable[[D], tuple[Prompt, ...]]
    dictated: Callable[[DialogueTurn[D], Dictated], bool] = lambda _, __: False
    """Takes free speech; tells whether it was of any use."""
    take_back: Callable[[DialogueTurn[D], Intent], bool] = lambda _, __: False
    """Undoes what was said, because it was but the beginning; tells whether it could."""
    timer: Callable[[D], int | None] = lambda _: None
    """Gives the instant at which the coach acts by itself, whatever was asked; `time_up` acts."""
    time_up: Callable[[DialogueTurn[D]], None] = lambda _: None


def conversation(script: Script[D]) -> Conversation[D]:
    """Return the conversation that follows `script`."""
    return Conversation(
        step=partial(_step, script),
        deadline=partial(_deadline, script),
        vocabulary=partial(_vocabulary, script),
        foreseen=script.foreseen,
        moments=_moments,
    )


def _step(script: Script[D], state: D, event: Event) -> tuple[D, tuple[Effect, ...]]:
    turn = DialogueTurn(state, event.at_ms)
    match event:
        case SessionOpened():
            if state.opened:
                msg = f"the conversation {state.session_id} is open already"
                raise RuntimeError(msg)
            turn.change(opened=True)
            script.open(turn)
        case DeadlineReached():
            due = _deadline(script, state)
            if due is None or event.at_ms < due:
                msg = f"nothing is due at {event.at_ms} ms; the deadline is {due}"
                raise RuntimeError(msg)
            if script.timer(state) is None:
                _remind(script, turn)
            else:
                script.time_up(turn)
        case SpeechEnded():
            if event.utterance == state.utterances:
                wait = replace(state.wait, since_ms=event.at_ms)
                turn.change(speaking=False, wait=wait)
        case IntentHeard(intent=intent, begun_as=Intent() as begun_as):
            if intent != begun_as and script.take_back(turn, begun_as):
                _reply(script, turn, intent, event.source)
        case IntentHeard():
            _reply(script, turn, event.intent, event.source)
        case ReadingsHeard():
            script.choose(turn, event)
        case Dictated():
            if not script.dictated(turn, event):
                _nothing_understood(script, turn, certain=event.source == "typed")
        case NothingUnderstood():
            _nothing_understood(script, turn, certain=event.certain)
        case RecordFailed():
            turn.play(Earcon.ERROR)
            script.record_failed(turn, event)
        case SessionInterrupted():
            if not state.ended:
                script.leave(turn)
                turn.change(ended=True)
                turn.effects += [StopCounting(), StopSpeaking(), EndSession()]
    return turn.state, tuple(turn.effects)


def _deadline(script: Script[D], state: D) -> int | None:
    since_ms = state.wait.since_ms
    timer_ms = script.timer(state)
    if state.ended or timer_ms is not None:
        return None if state.ended else timer_ms
    if since_ms is None:
        return None
    if not script.question(state):
        return since_ms + PATIENCE * REMINDER_MS
    return since_ms + (REMINDER_MS if state.wait.reminders else ASKED_AGAIN_MS)


def _remind(script: Script[D], turn: DialogueTurn[D]) -> None:
    """Ask once again; after that a quiet tone now and then, and at long last close."""
    reminders = turn.state.wait.reminders
    question = script.question(turn.state)
    if not question or reminders >= PATIENCE:
        script.close(turn)
    elif reminders == 0:
        turn.change(wait=Wait(None, 1))
        turn.say(*question)
    else:
        turn.change(wait=Wait(turn.at_ms, reminders + 1))
        turn.play(Earcon.REMINDER)


def _vocabulary(script: Script[D], state: D) -> Vocabulary:
    if state.ended or not state.opened:
        return Vocabulary(intents=frozenset())
    whole = script.vocabulary(state)
    if state.speaking:
        intents = SPOKEN_OVER | (whole.intents & whole.expects.answers)
        return replace(whole, intents=intents, dictation=Dictation.NONE, over_voice=True)
    return replace(whole, intents=whole.intents | MANNERS)


def _reply(script: Script[D], turn: DialogueTurn[D], intent: Intent, source: str) -> None:
    legal = script.vocabulary(turn.state).intents | MANNERS
    if intent.name in legal and intent.name in script.replies:
        script.replies[intent.name](turn, intent, source)
        return
    match intent.name:
        case I.REPEAT:
            turn.say(*turn.state.last_said)
        case I.HELP:
            _help(turn, legal)
        case I.LOUDER | I.SOFTER:
            sign = 1 if intent.name is I.LOUDER else -1
            turn.effects.append(AdjustVolume(sign * VOLUME_STEP_DB))
            turn.play(Earcon.HEARD)
        case I.FASTER | I.SLOWER:
            sign = 1 if intent.name is I.FASTER else -1
            turn.effects.append(AdjustRate(sign * RATE_STEP_PERCENT))
            turn.play(Earcon.HEARD)
        case I.STOP if turn.state.speaking:  # the coach, not yet the conversation
            turn.hush()
            turn.change(wait=replace(turn.state.wait, since_ms=turn.at_ms))
        case I.STOP | I.FINISH:
            turn.hush()
            script.close(turn)
        case _ if source == "typed":
            turn.say(prompt(Say.NOT_NOW))
        case _:
            pass  # heard, and of no use just now


def _help(turn: DialogueTurn[D], legal: frozenset[I]) -> None:
    """Name some of what can be said now, what answers the moment before what always can be."""
    said = [p for p in PHRASINGS if p.name in legal and p.name is not I.HELP]
    examples = [p.example for p in sorted(said, key=lambda p: p.name in MANNERS)]
    turn.say(prompt(Say.CAN_SAY, text="; ".join(examples[:8])))


def _nothing_understood(script: Script[D], turn: DialogueTurn[D], *, certain: bool) -> None:
    """Say so, and ask again where something was asked; talk that was not meant is let pass."""
    question = script.question(turn.state)
    wait = turn.state.wait
    if certain:
        turn.say(prompt(Say.SORRY), *question)
    elif question and wait.since_ms is not None and wait.reminders == 0:
        turn.change(wait=Wait(None, 1))
        turn.say(prompt(Say.SORRY), *question)


def _moments(before: D, after: D) -> tuple[Moment, ...]:
    """Return the question just asked to its end, numbered by the utterances so far."""
    begun = before.wait.since_ms is None and after.wait.since_ms is not None
    return (Moment(after.asks, "", after.utterances),) if begun and after.asks else ()
