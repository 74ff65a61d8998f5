"""Days of training on which anything may go wrong: what was confirmed is in the log, once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from voicecoach.errors import LogError
from voicecoach.language.intents import Intent, IntentName
from voicecoach.runtime.opening import resumed
from voicecoach.session.effects import Record, Speak
from voicecoach.session.events import (
    DeadlineReached,
    Event,
    IntentHeard,
    NothingUnderstood,
    RecordFailed,
    SessionInterrupted,
    SessionOpened,
    SpeechEnded,
)
from voicecoach.session.facts import Fact, SetLogged
from voicecoach.session.machine import deadline, step, vocabulary
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.store.log import TrainingLog
from voicecoach.training.exercise import Exercise
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import (
    BlockPrescription,
    CountMode,
    HoldTarget,
    RepTarget,
    SetPrescription,
    Tempo,
    WorkoutPrescription,
)
from voicecoach.units import Load

FIVES = (SetPrescription(target=RepTarget(3, 5), load=Load.kg(60)),) * 2
PLAN = WorkoutPrescription(
    routine="test",
    name="Test",
    workout="A",
    blocks=(
        BlockPrescription(exercise=Exercise(id="squat", name="squat"), sets=FIVES, rest_s=20),
        BlockPrescription(
            exercise=Exercise(id="row", name="row"),
            sets=FIVES[:1],
            count=CountMode.PACED,
            tempo=Tempo.parse("1-0-1-0"),
            rest_s=20,
        ),
        BlockPrescription(
            exercise=Exercise(id="plank", name="plank"),
            sets=(SetPrescription(target=HoldTarget(10)),),
        ),
    ),
)

numbers = st.none() | st.integers(0, 12)
loads = st.none() | st.integers(0, 100_000).map(Load)


class Training(RuleBasedStateMachine):
    """Session after session with one log on disk."""

    @initialize()
    def open_the_log(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.log = TrainingLog.open(Path(self.folder.name) / "training.sqlite3")
        self.sessions = 0
        self.refused = False
        self.confirmed: set[str] = set()
        self.begin()

    def teardown(self) -> None:
        if hasattr(self, "log"):
            self.log.close()
            self.folder.cleanup()

    def begin(self) -> None:
        self.sessions += 1
        self.now_ms = 0
        started_at = datetime(2026, 1, 5, 18, tzinfo=UTC) + timedelta(days=self.sessions)
        name = f"session-{self.sessions}"
        self.log.begin_session(name, started_at, PLAN)
        self.state: State = begin(name, started_at, PLAN, ask_injury=self.sessions == 1)
        self.take(SessionOpened(0))

    def take(self, event: Event) -> None:
        """Take a step as the driver does: what cannot be committed did not happen."""
        after, effects = step(self.state, event)
        facts = [effect.fact for effect in effects if isinstance(effect, Record)]
        if facts:
            try:
                self.commit(facts)
            except LogError:
                self.take(RecordFailed(event.at_ms, tuple(facts)))
                return
        self.state = after
        logged = [fact for fact in facts if isinstance(fact, SetLogged)]
        for effect in effects:
            if isinstance(effect, Speak):
                if logged:  # said back: from now on it must never be lost
                    self.confirmed.add(logged[0].set_id)
                self.take(SpeechEnded(self.now_ms, effect.utterance))

    def commit(self, facts: Sequence[Fact]) -> None:
        if self.refused:
            self.refused = False
            msg = "the disk is full"
            raise LogError(msg)
        self.log.append(self.state.session_id, facts)

    @precondition(lambda self: not self.state.ended)
    @rule(pick=st.integers(0, 100), reps=numbers, seconds=numbers, load=loads)
    def say_what_may_be_said(
        self, pick: int, reps: int | None, seconds: int | None, load: Load | None
    ) -> None:
        legal = sorted(vocabulary(self.state).intents, key=lambda name: name.value)
        if legal:
            name = legal[pick % len(legal)]
            self.take(
                IntentHeard(self.now_ms, Intent(name=name, reps=reps, seconds=seconds, load=load))
            )

    @precondition(lambda self: not self.state.ended)
    @rule(name=st.sampled_from([IntentName.READY, IntentName.DONE, IntentName.UNDO]))
    def say_a_word(self, name: IntentName) -> None:
        self.take(IntentHeard(self.now_ms, Intent(name=name)))

    @precondition(lambda self: not self.state.ended)
    @rule(reps=st.integers(1, 8))
    def do_a_set(self, reps: int) -> None:
        for words in ("ready", "done", "reps"):
            name = IntentName(words)
            self.take(
                IntentHeard(
                    self.now_ms, Intent(name=name, reps=reps if name is IntentName.REPS else None)
                )
            )
            self.let_time_pass(3_400)
            if self.state.ended:
                return

    @precondition(lambda self: not self.state.ended)
    @rule(ms=st.integers(100, 40_000))
    def time_passes(self, ms: int) -> None:
        self.let_time_pass(ms)

    def let_time_pass(self, ms: int) -> None:
        end = self.now_ms + ms
        while (due := deadline(self.state)) is not None and due <= end:
            self.now_ms = max(self.now_ms, due)
            self.take(DeadlineReached(self.now_ms))
        self.now_ms = end

    @precondition(lambda self: not self.state.ended)
    @rule(certain=st.booleans())
    def clatter(self, certain: bool) -> None:
        self.take(NothingUnderstood(self.now_ms, certain=certain))

    @rule()
    def the_disk_fails_once(self) -> None:
        self.refused = True

    @rule()
    def the_process_is_killed(self) -> None:
        """Nothing is left but the log; the next start goes on from there."""
        path = self.log.path
        self.log.close()
        self.log = TrainingLog.open(path)
        self.refused = False
        self.go_on()

    @precondition(lambda self: not self.state.ended)
    @rule()
    def the_earbuds_are_gone_for_good(self) -> None:
        self.refused = False
        self.take(SessionInterrupted(self.now_ms))
        self.go_on()

    @precondition(lambda self: self.state.ended)
    @rule()
    def the_next_day(self) -> None:
        self.refused = False
        self.go_on()

    def go_on(self) -> None:
        left = self.log.unfinished_session()
        if left is None:
            self.begin()
            return
        before = self.state
        self.state = resumed(left, self.log)
        if not before.ended:
            assert self.state.session_id == before.session_id
            assert self.state.position == before.position
        self.take(SessionOpened(self.now_ms))

    @invariant()
    def the_log_says_what_the_coach_says(self) -> None:
        def known(sets: Iterable[PerformedSet]) -> list[tuple[object, ...]]:
            return [(one.id, one.exercise, one.reps, one.hold_s, one.load) for one in sets]

        in_log = self.log.sets_of(self.state.session_id)
        assert known(in_log) == known(self.state.performed())

    @invariant()
    def the_log_alone_leads_to_where_the_coach_is(self) -> None:
        left = self.log.unfinished_session()
        if left is not None and not self.state.ended:
            again = resumed(left, self.log)
            assert again.position == self.state.position
            assert again.performed() == self.state.performed()

    @invariant()
    def what_was_confirmed_is_there_once(self) -> None:
        everything = [
            fact.set_id
            for number in range(1, self.sessions + 1)
            for fact in self.log.facts(f"session-{number}")
            if isinstance(fact, SetLogged)
        ]
        assert len(everything) == len(set(everything))
        assert self.confirmed <= set(everything)


TestTraining = Training.TestCase
TestTraining.settings = settings(max_examples=15, stateful_step_count=40)
