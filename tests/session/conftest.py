"""A gym for the coach alone: typed words in, sentences and facts out, time moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from voicecoach.language.parser import everything, parse, typed_words
from voicecoach.language.vocabulary import Dictation
from voicecoach.session.conversation import Conversation
from voicecoach.session.dialogue import Dialogue
from voicecoach.session.effects import Count, Effect, Record, Speak
from voicecoach.session.events import (
    DeadlineReached,
    Dictated,
    Event,
    IntentHeard,
    NothingUnderstood,
    RecordFailed,
    SessionOpened,
    SpeechEnded,
)
from voicecoach.session.facts import Fact
from voicecoach.session.machine import deadline, step, vocabulary
from voicecoach.session.phases import AwaitingReady
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.training.exercise import Cues, Exercise, ExerciseKind, Implement, Phase
from voicecoach.training.loading import Equipment
from voicecoach.training.prescription import (
    BlockPrescription,
    HoldTarget,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.training.sets import laid_out
from voicecoach.units import Load, Unit

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

DEADLIFT = Exercise(
    id="deadlift",
    name="deadlift",
    implement=Implement.BARBELL,
    first_phase=Phase.CONCENTRIC,
    cues=Cues(setup=("Feet under the bar.",), execute=("Push the floor away.",)),
)
PULL_UP = Exercise(id="pull-up", name="pull-up", plural="pull-ups")
CHIN_UP = Exercise(id="chin-up", name="chin-up", plural="chin-ups")
PLANK = Exercise(id="plank", name="plank")
BENCH_PRESS = Exercise(id="bench-press", name="bench press", implement=Implement.BARBELL)
SPLIT_SQUAT = Exercise(id="split-squat", name="split squat", kind=ExerciseKind.EACH_SIDE)
SIDE_PLANK = Exercise(id="side-plank", name="side plank", kind=ExerciseKind.HOLD_EACH_SIDE)


def block(
    exercise: Exercise = DEADLIFT,
    *,
    sets: int = 2,
    reps: tuple[int, int] = (4, 6),
    hold: int | None = None,
    load: Load | None = None,
    **more: object,
) -> BlockPrescription:
    target = HoldTarget(hold) if hold else RepTarget(*reps)
    prescription = BlockPrescription(
        exercise=exercise,
        sets=(SetPrescription(target=target, load=load),) * sets,
        rest_s=more.pop("rest_s", 180),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )
    return laid_out(prescription, Equipment.usual(Unit.KG))


class Gym:
    """One session of the pure coach, with all it said and recorded."""

    def __init__(
        self, blocks: Iterable[BlockPrescription], *, ask_injury: bool = False, warmup_s: int = 0
    ) -> None:
        plan = WorkoutPrescription(
            routine="test", name="Test", workout="A", blocks=tuple(blocks), warmup_s=warmup_s
        )
        self.state: State = begin("session", START, plan, ask_injury=ask_injury)
        self.now_ms = 0
        self.said: list[str] = []
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.fail_next_record = False
        self.take(SessionOpened(0))

    def take(self, event: Event) -> None:
        """Take one step, and let everything said be heard to its end."""
        after, effects = step(self.state, event)
        self.state = after
        self.effects += effects
        for effect in effects:
            match effect:
                case Record(fact):
                    self.facts.append(fact)
                case Speak(utterance, prompts):
                    self.said.append(" ".join(p.text(after.plan.unit) for p in prompts))
                    self.take(SpeechEnded(self.now_ms, utterance))
                case _:
                    pass

    def say(self, *lines: str) -> None:
        """Let the athlete say `lines`, one after the other, at this instant."""
        for line in lines:
            words = typed_words(line)
            legal = vocabulary(self.state)
            readings = parse(words, legal) or parse(words, everything())
            if readings:
                self.take(IntentHeard(self.now_ms, readings[0]))
            else:
                self.take(NothingUnderstood(self.now_ms, certain=True))

    def pass_ms(self, ms: int) -> None:
        """Let time pass, with every deadline that falls in it."""
        end = self.now_ms + ms
        while (due := deadline(self.state)) is not None and due <= end:
            self.now_ms = max(self.now_ms, due)
            self.take(DeadlineReached(self.now_ms))
        self.now_ms = end

    def begin_set(self) -> None:
        """Say ready, again where an exercise is told first, and wait for the work to start."""
        self.say("ready")
        if isinstance(self.state.phase, AwaitingReady):
            self.say("ready")
        self.pass_ms(3400)

    def do_set(self, reps: str) -> None:
        """Do a free set and say how many."""
        self.begin_set()
        self.say("done", reps)

    @property
    def last(self) -> str:
        """The last thing said."""
        return self.said[-1]

    def beats(self) -> list[tuple[int, str]]:
        """Every beat so far: its instant and its word."""
        return [
            (beat.at_ms, beat.prompt.text(self.state.plan.unit))
            for effect in self.effects
            if isinstance(effect, Count)
            for beat in effect.beats
        ]

    def reps(self) -> list[int | None]:
        """The repetitions of the sets that stand."""
        return [logged.result.reps for logged in self.state.standing]


class Chat:
    """Any conversation beside the workout: typed words in, sentences and facts out."""

    def __init__(self, conversation: Conversation, state: Dialogue) -> None:
        self.conversation = conversation
        self.state = state
        self.now_ms = 0
        self.said: list[str] = []
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.fails: set[type] = set()  # facts that the log refuses
        self.take(SessionOpened(0))

    def take(self, event: Event) -> None:
        """Take one step as the driver does, and let everything said be heard to its end."""
        after, effects = self.conversation.step(self.state, event)
        facts = tuple(effect.fact for effect in effects if isinstance(effect, Record))
        if self.fails & {type(fact) for fact in facts}:
            self.take(RecordFailed(self.now_ms, facts))
            return
        self.facts += facts
        self.state = after
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Speak):
                self.said.append(" ".join(p.text(after.unit) for p in effect.prompts))
                self.take(SpeechEnded(self.now_ms, effect.utterance))

    def say(self, *lines: str, source: str = "typed") -> str:
        """Let the athlete say `lines`, one after the other; return what was said last."""
        for line in lines:
            vocabulary = self.conversation.vocabulary(self.state)
            words = typed_words(line)
            every = everything(exercises=vocabulary.exercises, choices=vocabulary.choices)
            readings = parse(words, vocabulary)
            if vocabulary.dictation is not Dictation.ALL:
                readings = readings or parse(words, every)
            if readings:
                self.take(IntentHeard(self.now_ms, readings[0], source))
            elif vocabulary.dictation is not Dictation.NONE:
                self.take(Dictated(self.now_ms, line, source))
            else:
                self.take(NothingUnderstood(self.now_ms, certain=source == "typed"))
        return self.said[-1]

    def pass_ms(self, ms: int) -> None:
        """Let time pass, with every deadline that falls in it."""
        end = self.now_ms + ms
        while (due := self.conversation.deadline(self.state)) is not None and due <= end:
            self.now_ms = max(self.now_ms, due)
            self.take(DeadlineReached(self.now_ms))
        self.now_ms = end


@pytest.fixture(scope="session")
def chat() -> type[Chat]:
    """Lead a conversation beside the workout."""
    return Chat


@pytest.fixture(scope="session")
def gym() -> Callable[..., Gym]:
    """Open a session of the given blocks."""
    return lambda *blocks, **options: Gym(blocks or (block(load=Load.kg(100)),), **options)


@pytest.fixture(scope="session")
def make_block() -> Callable[..., BlockPrescription]:
    """Make a block of the deadlift, or of another exercise."""
    return block


@pytest.fixture(scope="session")
def exercises() -> dict[str, Exercise]:
    """The exercises of this gym, by id."""
    every = (DEADLIFT, PULL_UP, CHIN_UP, PLANK, BENCH_PRESS, SPLIT_SQUAT, SIDE_PLANK)
    return {e.id: e for e in every}
