"""What may be said at each moment of a session: derived from its state, never kept."""

from __future__ import annotations

from voicecoach.language.intents import IntentName as I
from voicecoach.language.vocabulary import Dictation, Expectation, Vocabulary
from voicecoach.session import going_on, rounds
from voicecoach.session.doubt import in_doubt
from voicecoach.session.phases import (
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Choosing,
    ConfirmingFinish,
    CountingDown,
    Ended,
    NotOpened,
    OfferingSkip,
    Paused,
    Phase,
    Resting,
    TakingNote,
    WarmingUp,
    Working,
)
from voicecoach.session.state import State
from voicecoach.training.prescription import CountMode, HoldTarget, RepTarget

HANDFUL = frozenset({I.STOP, I.PAUSE, I.FASTER, I.SLOWER, I.HURTS})
"""What is heard while the coach itself speaks or counts."""

SILENCING = frozenset({I.STOP, I.PAUSE})
"""What silences the coach at once."""

_MENDING = frozenset({I.AMEND, I.UNDO})
_ASIDES = frozenset(
    {I.PAUSE, I.STOP, I.REPEAT, I.HELP, I.LOUDER, I.SOFTER, I.FASTER, I.SLOWER}
    | {I.HOW_MANY_LEFT, I.HOW_LONG_LEFT, I.WHATS_NEXT, I.CUES, I.HURTS, I.FINISH, I.SKIP_EXERCISE}
)
_SET_ASIDE = frozenset({I.SKIP, I.SKIP_SET, I.NEXT, I.SWITCH})
_RATING = frozenset({I.RPE, I.EASY, I.HARD})
_SAID = frozenset({I.NOTE, I.BODYWEIGHT})


def vocabulary(state: State) -> Vocabulary:
    """Return what may be said now, and what is likely."""
    legal = legal_intents(state)
    if state.speaking and not isinstance(state.phase, NotOpened | Ended):
        legal &= HANDFUL | _MENDING | _own_voice_safe(state.phase)
    exercises: tuple[tuple[str, str], ...] = ()
    if I.SWITCH in legal and state.position is not None:
        exercises = tuple(
            (_plain(name), exercise.id)
            for exercise in state.block.instead
            for name in dict.fromkeys((exercise.name, exercise.plural, *exercise.aliases))
            if name
        )
    return Vocabulary(
        intents=legal,
        unit=state.plan.unit,
        exercises=exercises,
        expects=_expectation(state),
        dictation=_dictation(state, legal),
        over_voice=state.speaking or state.counting,
        mendable=going_on.mendable(state) & legal,
    )


def _dictation(state: State, legal: frozenset[I]) -> Dictation:
    if state.speaking:
        return Dictation.NONE
    if isinstance(state.phase, TakingNote):
        return Dictation.ALL
    return Dictation.BESIDE if I.NOTE in legal else Dictation.NONE


def legal_intents(state: State) -> frozenset[I]:
    """Return what would be acted on now, whether or not the coach is speaking."""
    return _legal(state, state.phase)


def _plain(name: str) -> str:
    return name.lower().replace("-", " ")


def _own_voice_safe(phase: Phase) -> frozenset[I]:
    """Return what is heard over the coach's words besides: what ends a set, or begins one.

    Who knows the cues says ready over them. Where the coach itself says the
    word just then, the hearing knows it for its own.
    """
    match phase:
        case Working():
            return frozenset({I.DONE, I.COUNT})
        case AwaitingReady() | WarmingUp() | Resting():
            return frozenset({I.READY})
        case _:
            return frozenset()


def _legal(state: State, phase: Phase) -> frozenset[I]:
    match phase:
        case NotOpened() | Ended():
            return frozenset()
        case AskingInjury():
            return frozenset({I.YES, I.NO, I.REPEAT, I.PAUSE, I.STOP, I.SKIP})
        case WarmingUp():
            return _ASIDES - {I.HURTS} | _SAID | {I.READY, I.DONE, I.SKIP, I.NEXT, I.ADD_TIME}
        case AskingLoad():
            return _ASIDES | _MENDING | {I.LOAD, I.WEIGHT, I.SKIP, I.NO, I.READY}
        case AwaitingReady(retold=retold):
            number = {I.NUMBER} if retold else {I.LOAD} if state.load_is_open else set()
            own = {I.READY, I.DONE, I.REPS, I.WEIGHT} | number
            return _ASIDES | _MENDING | _SET_ASIDE | _RATING | _SAID | own
        case CountingDown():
            return HANDFUL
        case Working(grid=grid):
            if grid is not None:
                return HANDFUL | {I.DONE}
            free = HANDFUL | _MENDING | {I.DONE, I.REPS, I.NEXT, I.LOUDER, I.SOFTER, I.FINISH}
            free |= {I.SKIP_SET, I.SKIP_EXERCISE}
            if rounds.running(state):
                free |= {I.HOW_LONG_LEFT}
            return free | {I.COUNT} if state.block.count is CountMode.ALOUD else free
        case AskingReps():
            answers = {I.NUMBER, I.REPS, I.DONE, I.WEIGHT, I.DURATION, I.AMEND, I.SKIP_SET}
            if state.last_of_block is not None:
                answers |= {I.SAME_AGAIN}
            return _ASIDES | _MENDING | answers
        case AskingRpe():
            answers = {I.NUMBER, I.SKIP, I.READY, I.SKIP_REST}
            return _ASIDES | _MENDING | _RATING | _SAID | answers
        case Resting():
            moves = {I.READY, I.SKIP, I.SKIP_REST, I.NEXT, I.ADD_TIME, I.DURATION}
            moves |= _SAID
            if state.lacks_load or state.lacks_load_done:
                moves |= {I.LOAD}
            return _ASIDES | _MENDING | _RATING | moves | {I.SKIP_SET, I.REPS, I.WEIGHT, I.SWITCH}
        case OfferingSkip():
            return _ASIDES | _MENDING | {I.YES, I.NO, I.REPS, I.NUMBER}
        case Choosing(readings):
            asides = {I.NO, I.AMEND, I.REPEAT, I.PAUSE, I.STOP, I.UNDO}
            return frozenset(asides | _CHOICES[in_doubt(readings)])
        case TakingNote():
            return frozenset({I.UNDO})
        case ConfirmingFinish():
            return frozenset({I.YES, I.NO, I.REPEAT, I.FINISH, I.RESUME})
        case Paused():
            return _MENDING | {I.RESUME, I.READY, I.FINISH, I.HELP, I.LOUDER, I.SOFTER, I.STOP}


_CHOICES: dict[str | None, frozenset[I]] = {
    "reps": frozenset({I.NUMBER, I.DIGITS, I.REPS}),
    "load": frozenset({I.LOAD, I.WEIGHT}),
    "seconds": frozenset({I.DURATION}),
    "rpe": frozenset({I.RPE}),
}
ANSWERS_CHOICE = frozenset().union(*_CHOICES.values())
"""What answers the question which of two readings is meant."""

_ANSWERS: dict[type[Phase], frozenset[I]] = {
    AskingInjury: frozenset({I.YES, I.NO}),
    WarmingUp: frozenset({I.READY}),
    AskingLoad: frozenset({I.LOAD, I.WEIGHT}),
    AwaitingReady: frozenset({I.READY}),
    Working: frozenset({I.DONE, I.COUNT}),
    AskingReps: frozenset({I.NUMBER, I.REPS}),
    AskingRpe: frozenset({I.NUMBER, I.RPE}),
    OfferingSkip: frozenset({I.YES, I.NO}),
    Choosing: ANSWERS_CHOICE,
    ConfirmingFinish: frozenset({I.NO}),  # a yes ends the workout: it wants to be clear
    Paused: frozenset({I.RESUME}),
}
"""What answers the coach in each phase that waits for the athlete."""


def _urgent(state: State) -> frozenset[I]:
    return SILENCING if state.speaking or state.counting else frozenset()


def _expectation(state: State) -> Expectation:
    answers = _ANSWERS.get(type(state.phase), frozenset())
    if isinstance(state.phase, Resting) and (state.lacks_load or state.lacks_load_done):
        answers = _ANSWERS[AskingLoad]
    if state.position is None:
        return Expectation(answers=answers, urgent=_urgent(state))
    prescription = state.prescription
    phase = state.phase
    match prescription.target:
        case RepTarget(low) as target:
            reps = (low, target.likely_most)
        case HoldTarget(seconds):
            reps = (0, seconds)
    aloud = isinstance(phase, Working) and state.block.count is CountMode.ALOUD
    counted = phase.counted + 1 if isinstance(phase, Working) and aloud else None
    lately = [logged.result.load for logged in reversed(state.standing)]
    loads = dict.fromkeys(
        load for load in (prescription.load, *lately) if load is not None and load.grams
    )
    return Expectation(
        answers=answers,
        reps=reps,
        count=counted,
        loads=tuple(loads),
        among=phase.readings if isinstance(phase, Choosing) else (),
        stands=state.standing[-1].result.reps if state.standing else None,
        urgent=frozenset() if aloud else _urgent(state),  # "six" is near to "stop"
    )
