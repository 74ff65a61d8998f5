"""The logbook as a conversation: what may be told at each moment, and what it does."""

from __future__ import annotations

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.language.vocabulary import Dictation, Expectation, Vocabulary
from voicecoach.session import free_speech, retelling, telling
from voicecoach.session.conversation import Conversation
from voicecoach.session.dialogue import DialogueTurn, Script, conversation
from voicecoach.session.events import RecordFailed
from voicecoach.session.facts import SessionFinished
from voicecoach.session.logbook import (
    AskingAmount,
    AskingName,
    AskingWhether,
    AskingWhich,
    GuessingName,
    Logbook,
    TakingNote,
)

Turn = DialogueTurn[Logbook]

ALWAYS = frozenset(
    {I.LOG, I.REPS, I.SETS, I.SAME_AGAIN, I.MORE_SETS, I.AMEND, I.MEANT, I.RPE}
    | {I.EASY, I.HARD, I.HURTS, I.UNDO, I.LAST_TIME, I.BODYWEIGHT, I.NOTE, I.DONE}
)
"""Not "weight eighty", which is too near to "bodyweight eighty": "make it eighty kilos" says it."""

MENDING = frozenset({I.AMEND, I.UNDO})
"""What is heard over the coach's voice: a wrong number is mended the moment it is said back."""

MENDABLE = frozenset({I.LOG, I.REPS, I.SETS, I.AMEND, I.BODYWEIGHT})
"""What may be acted on though more may follow: it is taken back for the whole."""


def _open(turn: Turn) -> None:
    telling.listen_on(turn, prompt(Say.LOGBOOK_OPEN), prompt(Say.LOGBOOK_EXAMPLE))


def _done(turn: Turn, intent: Intent, source: str) -> None:
    if intent.reps is not None:
        telling.tell(turn, intent, source)
    else:
        turn.hush()
        _close(turn)


def _close(turn: Turn) -> None:
    sets = len(turn.state.sets)
    if turn.state.entries:
        turn.record(SessionFinished(at_ms=turn.at_ms, completed=False))
    if sets:
        turn.end(prompt(Say.LOGBOOK_CLOSED, sets_told=counted(sets, "set")))
    else:
        turn.end(prompt(Say.LOGBOOK_CLOSED_EMPTY))


def _leave(turn: Turn) -> None:
    if turn.state.entries:
        turn.record(SessionFinished(at_ms=turn.at_ms, completed=False))


def _record_failed(turn: Turn, event: RecordFailed) -> None:
    if any(isinstance(fact, SessionFinished) for fact in event.facts):
        turn.end(prompt(Say.RECORD_FAILED))
    else:
        turn.say(prompt(Say.RECORD_FAILED), prompt(Say.SAY_IT_ONCE_MORE))


def _vocabulary(state: Logbook) -> Vocabulary:
    """Return what may be told now; while the coach speaks, nothing of it."""
    intents, answers = _legal(state)
    loads = (one.result.load for one in reversed(state.sets))
    return Vocabulary(
        intents=intents,
        unit=state.unit,
        exercises=state.names,
        expects=Expectation(
            answers=MENDING if state.speaking else answers,
            loads=tuple(dict.fromkeys(load for load in loads if load)),
        ),
        mendable=MENDABLE & intents,
        dictation=Dictation.ALL if isinstance(state.pending, TakingNote) else Dictation.BESIDE,
    )


def _legal(state: Logbook) -> tuple[frozenset[I], frozenset[I]]:
    """Return what is legal, and what of it answers the question."""
    match state.pending:
        case None:
            told = frozenset({I.LOG, I.REPS, I.SETS, I.SAME_AGAIN})
            return ALWAYS | ({I.DURATION} if state.current else frozenset()), told
        case GuessingName():
            return ALWAYS | {I.YES, I.NO}, frozenset({I.YES, I.NO, I.LOG})
        case AskingName():
            return ALWAYS | {I.NO}, frozenset({I.LOG})
        case AskingAmount():
            amount = frozenset({I.NUMBER, I.REPS, I.DURATION, I.SETS})
            return ALWAYS | amount | {I.NO}, amount
        case AskingWhether():
            return ALWAYS | {I.YES, I.NO}, frozenset({I.YES, I.NO})
        case AskingWhich():
            return ALWAYS | {I.NUMBER, I.NO}, frozenset({I.NUMBER, I.LOG})
        case TakingNote():
            return frozenset({I.UNDO}), frozenset()


def _number(turn: Turn, intent: Intent, source: str) -> None:
    """Take a bare number for what was asked."""
    match turn.state.pending:
        case AskingWhich(readings):
            chosen = next((one for one in readings if one.reps == intent.reps), None)
            if chosen is None:
                turn.say(*telling.question(turn.state))
            else:
                _REPLIES[chosen.name](turn, chosen, source)
        case _:
            telling.tell(turn, intent, source)


def _named(turn: Turn, intent: Intent, source: str) -> None:
    """Take what was told; of two readings asked about, the one of the exercise that is named."""
    pending = turn.state.pending
    if isinstance(pending, AskingWhich) and intent.reps is None and intent.seconds is None:
        chosen = next((one for one in pending.readings if one.exercise == intent.exercise), intent)
        telling.tell(turn, chosen, source)
    else:
        telling.tell(turn, intent, source)


_REPLIES = {
    I.LOG: _named,
    I.REPS: telling.tell,
    I.SETS: telling.tell,
    I.DURATION: telling.tell,
    I.NUMBER: _number,
    I.SAME_AGAIN: telling.same_again,
    I.MORE_SETS: telling.same_again,
    I.AMEND: retelling.amend,
    I.MEANT: retelling.meant,
    I.RPE: retelling.judge,
    I.EASY: retelling.judge,
    I.HARD: retelling.judge,
    I.HURTS: retelling.judge,
    I.UNDO: retelling.undo,
    I.LAST_TIME: retelling.last_time,
    I.BODYWEIGHT: telling.weigh,
    I.NOTE: telling.note,
    I.YES: telling.yes,
    I.NO: telling.no,
    I.DONE: _done,
}


def _foreseen(state: Logbook) -> tuple[Prompt, ...]:
    fixed = tuple(prompt(say) for say in _FIXED)
    return (*fixed, *telling.question(state))


_FIXED = (
    Say.LOGBOOK_OPEN,
    Say.LOGBOOK_EXAMPLE,
    Say.ASK_EXERCISE,
    Say.HOW_MANY_REPS,
    Say.HOW_MANY_SECONDS,
    Say.IS_THAT_RIGHT,
    Say.ASK_NOTE,
    Say.LEFT_OUT,
    Say.LEARNT,
    Say.SORRY,
    Say.NOTHING_TO_MEND,
    Say.NOTED_EASY,
    Say.NOTED_HARD,
)

LOGGING: Conversation[Logbook] = conversation(
    Script(
        open=_open,
        replies=_REPLIES,
        vocabulary=_vocabulary,
        question=telling.question,
        close=_close,
        leave=_leave,
        choose=telling.two_readings,
        record_failed=_record_failed,
        foreseen=_foreseen,
        dictated=free_speech.dictated,
        take_back=retelling.take_back,
    )
)
"""Sets told outside a routine."""
