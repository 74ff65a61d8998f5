"""The driver carries events and effects, and never confirms what was not committed."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

import pytest

from voicecoach.errors import LogError
from voicecoach.language.intents import Intent, IntentName
from voicecoach.runtime.driver import Driver, Foreseen
from voicecoach.session.coaching import COACHING
from voicecoach.session.effects import Speak
from voicecoach.session.events import IntentHeard, SpeechEnded
from voicecoach.session.resume import begin
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.units import Load

PLAN = WorkoutPrescription(
    routine="test",
    name="Test",
    workout="A",
    blocks=(
        BlockPrescription(
            exercise=Exercise(id="squat", name="squat"),
            sets=(SetPrescription(target=RepTarget(5, 5), load=Load.kg(100)),),
        ),
    ),
)


class Script:
    """A stage on which the athlete says one thing after another, as soon as the coach is silent."""

    def __init__(self, *intents: Intent) -> None:
        self.intents = deque(intents)
        self.happened: list[str] = []
        self.now = 0
        self.ended: deque[int] = deque()
        self.interrupt_at_end = True
        self.foreseen: list[Foreseen] = []

    def now_ms(self) -> int:
        return self.now

    def listen(self, state, vocabulary, foreseen) -> None:
        self.vocabulary = vocabulary
        self.foreseen.append(foreseen)

    def perform(self, effect, at_ms: int) -> None:
        if isinstance(effect, Speak):
            self.happened.append("say " + " ".join(p.text(PLAN.unit) for p in effect.prompts))
            self.ended.append(effect.utterance)

    def wait(self, until_ms):
        if self.ended:
            return SpeechEnded(self.now, self.ended.popleft())
        if until_ms is not None and until_ms <= self.now + 5000:
            self.now = until_ms
            return None
        if self.intents:
            return IntentHeard(self.now, self.intents.popleft())
        raise KeyboardInterrupt

    def close(self) -> None:
        pass


class FailingLog:
    """A log whose n-th commit fails."""

    def __init__(self, stage: Script, fails: int = 0) -> None:
        self.stage = stage
        self.fails = fails
        self.facts: list[object] = []

    def append(self, session_id: str, facts) -> None:
        self.fails -= 1
        if self.fails == 0:
            self.stage.happened.append("commit failed")
            msg = "the disk is full"
            raise LogError(msg)
        self.stage.happened += [f"commit {type(fact).__name__}" for fact in facts]
        self.facts += facts


def intent(name: IntentName, **slots) -> Intent:
    return Intent(name=name, **slots)


READY, DONE = intent(IntentName.READY), intent(IntentName.DONE)
FIVE = intent(IntentName.NUMBER, reps=5)


def state():
    return begin("s", datetime(2026, 1, 5, 18, tzinfo=UTC), PLAN, ask_injury=False)


def test_a_set_is_committed_before_it_is_confirmed() -> None:
    stage = Script(READY, DONE, FIVE)
    Driver(COACHING, stage, FailingLog(stage)).run(state())
    committed = stage.happened.index("commit SetLogged")
    confirmed = next(n for n, line in enumerate(stage.happened) if "Five at one hundred." in line)
    assert committed < confirmed


@pytest.mark.parametrize("fails", [1, 2])
def test_a_set_that_could_not_be_committed_is_asked_for_again(fails: int) -> None:
    stage = Script(READY, DONE, FIVE, FIVE, FIVE)
    log = FailingLog(stage, fails)
    ended = Driver(COACHING, stage, log).run(state())
    if fails == 1:
        failed = stage.happened.index("commit failed")
        assert stage.happened[failed + 1] == "say I could not save that. Say the number again."
        assert not any("Five at" in line for line in stage.happened[:failed])
    assert [s.result.reps for s in ended.standing] == [5]
    assert sum(type(fact).__name__ == "SetLogged" for fact in log.facts) == 1


def test_what_lies_ahead_is_worked_out_again_only_when_a_set_was_done() -> None:
    stage = Script(READY, DONE, FIVE)
    Driver(COACHING, stage, FailingLog(stage)).run(state())
    outlooks = dict.fromkeys(map(id, stage.foreseen))
    assert len(stage.foreseen) > len(outlooks) == 2
    first, last = stage.foreseen[0], stage.foreseen[-1]
    assert first() is first()
    assert first() != last()


def test_an_interrupt_ends_the_session_and_keeps_what_was_logged() -> None:
    stage = Script(READY)
    log = FailingLog(stage)
    ended = Driver(COACHING, stage, log).run(state())
    assert ended.standing == ()
    assert [type(fact).__name__ for fact in log.facts] == ["SessionFinished"]


def test_every_deadline_is_kept_to_the_millisecond() -> None:
    stage = Script(READY, DONE, FIVE)
    moved: list[int] = []

    class Watch:
        def moved(self, before, event, after) -> None:
            if type(event).__name__ == "DeadlineReached":
                moved.append(event.at_ms)

    Driver(COACHING, stage, FailingLog(stage), [Watch()]).run(state())
    assert moved == [3400]
