"""The test of a one-rep maximum: its rules, a warm-up, and single lifts, each heavier by the last.

The first attempt is at nine tenths of what is expected. It ends at the first
miss, at any pain, and after five attempts; each rests the longer the heavier
it is. G. G. Haff and N. T. Triplett, Essentials of Strength Training and
Conditioning, 2016, describe the protocol this follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.language.vocabulary import Expectation, Vocabulary
from voicecoach.session.conversation import Conversation
from voicecoach.session.dialogue import Dialogue, DialogueTurn, Script, conversation
from voicecoach.session.events import ReadingsHeard, RecordFailed
from voicecoach.session.facts import (
    MaxTested,
    SessionFinished,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.training.exercise import Exercise, Phase
from voicecoach.training.loading import Equipment, at_most, nearest_loadable, next_above
from voicecoach.training.plausible import MOST_LOAD
from voicecoach.training.prescription import SetKind
from voicecoach.training.strength import part_of
from voicecoach.training.warmup import WarmupSet, ramp
from voicecoach.units import Load

MOST_ATTEMPTS = 5
FIRST_PERCENT = Decimal(90)
EASY_PERCENT, MADE_PERCENT, HARD_PERCENT = Decimal("107.5"), Decimal(105), Decimal("102.5")
"""Of an attempt that was made, the load of the next one."""

WARM_UP_REST_MS = 60_000
ATTEMPT_REST_MS = 180_000
HEAVY_REST_MS = 240_000
"""The rest before an attempt that is heavier than what was expected."""

LIFT_MS = 30_000
"""How long a lift goes on before the coach asks."""

HURT, TRAINED, GUESS, READY, LIFTING, MADE, RESTING = (
    "injury?",
    "trained?",
    "load?",
    "ready?",
    "working",
    "made?",
    "resting",
)
"""The moments of a test."""


@dataclass(frozen=True, slots=True)
class Lift:
    """A set of the test in the log: a warm-up, or an attempt with whether it was made."""

    fact: SetLogged
    made: bool
    voided: bool = False

    @property
    def is_attempt(self) -> bool:
        """Whether it is one of the single lifts that count."""
        return self.fact.kind is not SetKind.WARMUP


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxTest(Dialogue):
    """Where the test stands. `expected` is None until the athlete or the log has told it."""

    exercise: Exercise
    equipment: Equipment
    expected: Load | None = None
    warmups: tuple[WarmupSet, ...] = ()
    next_load: Load | None = None
    lifts: tuple[Lift, ...] = ()
    until_ms: int | None = None  # of the rest, or of the lift

    @property
    def standing(self) -> tuple[Lift, ...]:
        """The lifts that were not taken back."""
        return tuple(lift for lift in self.lifts if not lift.voided)

    @property
    def attempts(self) -> tuple[Lift, ...]:
        """The attempts that were not taken back."""
        return tuple(lift for lift in self.standing if lift.is_attempt)

    @property
    def warmup(self) -> WarmupSet | None:
        """The warm-up set that comes next, None where the attempts have begun."""
        done = sum(not lift.is_attempt for lift in self.standing)
        return self.warmups[done] if done < len(self.warmups) else None

    @property
    def best(self) -> Load | None:
        """The heaviest load that was lifted once."""
        made = [lift.fact.result.load for lift in self.attempts if lift.made]
        return max((load for load in made if load is not None), default=None)


Turn = DialogueTurn[MaxTest]


def _open(turn: Turn) -> None:
    opening = prompt(Say.TEST_OPEN, exercise=turn.state.exercise.name)
    turn.ask(HURT, opening, prompt(Say.TEST_HURT))


def _yes(turn: Turn, _: Intent, source: str) -> None:
    match turn.state.asks:
        case "injury?":
            turn.end(prompt(Say.TEST_HURT_STOP))
        case "trained?" if turn.state.expected is None:
            turn.ask(GUESS, prompt(Say.TEST_GUESS))
        case "trained?":
            _prepare(turn)
        case _:
            _lifted(turn, MADE_PERCENT, source)


def _no(turn: Turn, _: Intent, source: str) -> None:
    match turn.state.asks:
        case "injury?":
            turn.ask(TRAINED, prompt(Say.TEST_TRAINED))
        case "trained?":
            turn.end(prompt(Say.TEST_TRAINED_STOP))
        case _:
            _missed(turn, source)


def _guess(turn: Turn, intent: Intent, _: str) -> None:
    if intent.load and intent.load <= MOST_LOAD:
        turn.change(expected=intent.load)
        _prepare(turn)
    else:
        turn.say(prompt(Say.SORRY), *_question(turn.state))


def _prepare(turn: Turn) -> None:
    """Work out the first attempt and the way up to it, and tell the rules of safety."""
    state = turn.state
    assert state.expected is not None  # noqa: S101  # asked for before
    implement = state.exercise.implement
    first = at_most(part_of(state.expected, FIRST_PERCENT), implement, state.equipment)
    from_floor = state.exercise.first_phase is Phase.CONCENTRIC
    warmups = ramp(first, implement, state.equipment, from_floor=from_floor)
    turn.change(next_load=first, warmups=warmups)
    _announce(turn, prompt(Say.TEST_SAFE), prompt(Say.TEST_STOP_RULE))


def _announce(turn: Turn, *before: Prompt) -> None:
    turn.change(until_ms=None)
    turn.ask(READY, *before, *_coming(turn.state), prompt(Say.SAY_READY))


def _coming(state: MaxTest) -> tuple[Prompt, ...]:
    """Return the lift that comes next in words."""
    if state.warmup is not None:
        load, reps = state.warmup.load, state.warmup.reps
        return (prompt(Say.TEST_WARM_UP, reps=reps, load_unit=load),)
    number = len(state.attempts) + 1
    return (prompt(Say.TEST_ATTEMPT, number=number, load_unit=state.next_load),)


def _ready(turn: Turn, _: Intent, __: str) -> None:
    turn.hush()
    if turn.state.asks == RESTING:
        _announce(turn)
        return
    turn.change(until_ms=turn.at_ms + LIFT_MS)
    turn.ask(LIFTING, prompt(Say.TEST_LIFT))


def _rated(turn: Turn, intent: Intent, source: str) -> None:
    percent = {I.EASY: EASY_PERCENT, I.HARD: HARD_PERCENT}.get(intent.name, MADE_PERCENT)
    _lifted(turn, percent, source)


def _lifted(turn: Turn, percent: Decimal, source: str) -> None:
    """Log a warm-up or an attempt that was made, and go on to the next one."""
    state = turn.state
    warmup = state.warmup
    if warmup is not None:
        _log(turn, warmup.load, warmup.reps, SetKind.WARMUP, source, made=True)
        _rest(turn, WARM_UP_REST_MS if turn.state.warmup else ATTEMPT_REST_MS)
        return
    load = state.next_load
    assert load is not None and state.expected is not None  # noqa: S101, PT018  # prepared
    _log(turn, load, 1, SetKind.WORKING, source, made=True)
    made = prompt(Say.TEST_MADE, load_unit=load)
    implement, there = state.exercise.implement, state.equipment
    heavier = max(
        nearest_loadable(part_of(load, percent), implement, there),
        next_above(load, implement, there),
    )
    if len(turn.state.attempts) == MOST_ATTEMPTS:
        _finish(turn, made, prompt(Say.TEST_ENOUGH))
    elif heavier <= load:
        _finish(turn, made, prompt(Say.TEST_HEAVIEST))
    else:
        turn.change(next_load=heavier)
        _rest(turn, HEAVY_REST_MS if heavier > state.expected else ATTEMPT_REST_MS, made)


def _missed(turn: Turn, source: str) -> None:
    """Log an attempt that was not made, and stop; a warm-up that is missed is too much already."""
    state = turn.state
    load = state.warmup.load if state.warmup else state.next_load
    assert load is not None  # noqa: S101  # prepared
    _log(turn, load, 0, SetKind.FAILURE, source, made=False)
    _finish(turn, prompt(Say.TEST_MISSED))


def _hurts(turn: Turn, _: Intent, __: str) -> None:
    turn.hush()
    _finish(turn, prompt(Say.TEST_HURT_STOP))


def _rest(turn: Turn, rest_ms: int, *before: Prompt) -> None:
    turn.change(until_ms=turn.at_ms + rest_ms)
    turn.ask(RESTING, *before, prompt(Say.REST, span=rest_ms // 1000))


def _log(turn: Turn, load: Load, reps: int, kind: SetKind, source: str, *, made: bool) -> None:
    state = turn.state
    fact = SetLogged(
        at_ms=turn.at_ms,
        set_id=f"{state.session_id}/{len(state.lifts) + 1}",
        block=0,
        number=len(state.standing) + 1,
        exercise=state.exercise.id,
        variation=None,
        kind=kind,
        low=None,
        high=None,
        result=SetResult(reps=reps, load=load, note="" if made else "missed"),
        source=source,
    )
    turn.record(fact)
    turn.change(lifts=(*state.lifts, Lift(fact, made)))


def _undo(turn: Turn, _: Intent, __: str) -> None:
    """Take back the last report, and ask for it anew."""
    state = turn.state
    if not state.standing:
        turn.say(prompt(Say.NOTHING_TO_UNDO))
        return
    last = state.standing[-1]
    turn.record(SetVoided(at_ms=turn.at_ms, set_id=last.fact.set_id))
    voided = Lift(last.fact, last.made, voided=True)
    turn.change(
        lifts=tuple(voided if lift is last else lift for lift in state.lifts),
        next_load=last.fact.result.load if last.is_attempt else state.next_load,
    )
    _ask_made(turn)


def _how_long(turn: Turn, _: Intent, __: str) -> None:
    until_ms = turn.state.until_ms
    assert until_ms is not None  # noqa: S101  # only a rest is asked about
    turn.say(prompt(Say.LEFT, span=max(0, -(-(until_ms - turn.at_ms) // 1000))))


def _finish(turn: Turn, *before: Prompt) -> None:
    """Note the result, and end."""
    best = turn.state.best
    if best is None:
        _close_session(turn)
        turn.end(*before, prompt(Say.TEST_NO_RESULT))
        return
    _record_result(turn)
    _close_session(turn)
    turn.end(*before, prompt(Say.TEST_RESULT, load_unit=best), prompt(Say.WELL_DONE))


def _record_result(turn: Turn) -> None:
    best = turn.state.best
    if best is not None:
        exercise = turn.state.exercise.id
        turn.record(MaxTested(at_ms=turn.at_ms, exercise=exercise, variation=None, load=best))


def _close_session(turn: Turn) -> None:
    if turn.state.lifts:
        turn.record(SessionFinished(at_ms=turn.at_ms, completed=False))


def _time_up(turn: Turn) -> None:
    if turn.state.asks == LIFTING:
        _ask_made(turn)
    else:
        _announce(turn)


def _ask_made(turn: Turn) -> None:
    turn.change(asks=MADE, until_ms=None)
    turn.ask(MADE, *_question(turn.state))


def _question(state: MaxTest) -> tuple[Prompt, ...]:
    match state.asks:
        case "injury?":
            return (prompt(Say.TEST_HURT),)
        case "trained?":
            return (prompt(Say.TEST_TRAINED),)
        case "load?":
            return (prompt(Say.TEST_GUESS),)
        case "ready?":
            return (prompt(Say.WHEN_READY),)
        case "made?":
            return (prompt(Say.STILL_GOING if state.warmup else Say.TEST_ASK),)
        case _:
            return ()


_REPORT = frozenset({I.DONE, I.MADE, I.EASY, I.HARD, I.MISSED})
_ANSWERS: dict[str, frozenset[I]] = {
    HURT: frozenset({I.YES, I.NO}),
    TRAINED: frozenset({I.YES, I.NO}),
    GUESS: frozenset({I.LOAD, I.WEIGHT}),
    READY: frozenset({I.READY}),
    LIFTING: _REPORT,
    MADE: _REPORT | {I.YES, I.NO},
    RESTING: frozenset({I.READY, I.SKIP_REST}),
}


def _vocabulary(state: MaxTest) -> Vocabulary:
    answers = _ANSWERS.get(state.asks, frozenset())
    besides = frozenset({I.HURTS})
    if state.lifts:
        besides |= {I.UNDO}
    if state.asks == RESTING:
        besides |= {I.HOW_LONG_LEFT}
    # The coach says the answers itself while it asks for them.
    heard = {I.HURTS, I.READY} if state.speaking else answers
    return Vocabulary(
        intents=answers | besides,
        unit=state.unit,
        expects=Expectation(answers=frozenset(heard)),
    )


def _leave(turn: Turn) -> None:
    """Keep what was lifted; a result that stands already is one."""
    _record_result(turn)
    _close_session(turn)


def _two_readings(turn: Turn, event: ReadingsHeard) -> None:
    """Ask again: what goes on the bar is not guessed at."""
    del event
    turn.say(prompt(Say.SORRY), *_question(turn.state))


def _record_failed(turn: Turn, event: RecordFailed) -> None:
    if any(isinstance(fact, SessionFinished) for fact in event.facts):
        turn.end(prompt(Say.RECORD_FAILED))
    else:
        turn.say(prompt(Say.RECORD_FAILED), prompt(Say.SAY_IT_ONCE_MORE))


def _foreseen(state: MaxTest) -> tuple[Prompt, ...]:
    fixed = tuple(
        prompt(say) for say in Say if say.name.startswith("TEST_") and "{" not in say.value
    )
    return (*fixed, *(_coming(state) if state.next_load else ()), prompt(Say.SAY_READY))


TESTING: Conversation[MaxTest] = conversation(
    Script(
        open=_open,
        replies={
            I.YES: _yes,
            I.NO: _no,
            I.LOAD: _guess,
            I.WEIGHT: _guess,
            I.READY: _ready,
            I.SKIP_REST: _ready,
            I.DONE: _rated,
            I.MADE: _rated,
            I.EASY: _rated,
            I.HARD: _rated,
            I.MISSED: lambda turn, _, source: _missed(turn, source),
            I.HURTS: _hurts,
            I.UNDO: _undo,
            I.HOW_LONG_LEFT: _how_long,
        },
        vocabulary=_vocabulary,
        question=_question,
        close=_finish,
        leave=_leave,
        choose=_two_readings,
        record_failed=_record_failed,
        foreseen=_foreseen,
        timer=lambda state: state.until_ms,
        time_up=_time_up,
    )
)
"""The guided test of a one-rep maximum."""
