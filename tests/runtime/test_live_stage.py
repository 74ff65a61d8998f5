"""The live stage without devices: what is said, what breaks, what goes missing."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
import pytest

from voicecoach.audio.devices import Device
from voicecoach.audio.ears import Ears
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import HEARING_RATE, Clip, Hypothesis, Pcm, Recogniser, VoiceActivity
from voicecoach.errors import DeviceError, RecogniserError, VoiceError
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import IntentName
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.live_stage import LiveStage
from voicecoach.runtime.mouth import Mouth
from voicecoach.session.effects import Speak
from voicecoach.session.events import Event, IntentHeard, SpeechEnded
from voicecoach.session.foresight import foreseen
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)
from voicecoach.units import Unit

RATE = 8000
SQUAT = BlockPrescription(
    exercise=Exercise(id="squat", name="squat"), sets=(SetPrescription(target=RepTarget(5, 5)),)
)
PLAN = WorkoutPrescription(routine="test", name="Test", workout="A", blocks=(SQUAT,))
READY = Vocabulary(intents=frozenset({IntentName.READY}))
NOTHING = Vocabulary(intents=frozenset())
SPOKEN = np.tile(np.array([9000, -9000], np.int16), HEARING_RATE // 4)
QUIET = np.tile(np.array([3, -3], np.int16), HEARING_RATE // 2)
NOTHING_AT_ALL = np.tile(np.array([0, 1], np.int16), HEARING_RATE // 2)  # and its dither


def device(name: str) -> Device:
    return Device(
        index=0,
        name=name,
        host="test",
        inputs=1,
        outputs=1,
        rate=RATE,
        default_input=False,
        default_output=False,
    )


class Earbuds:
    """A speaker that takes 100 ms of sound whenever somebody looks whether it is still there."""

    underflows = 0
    latency_ms = 0.0

    def __init__(self, mixer: Mixer, *, lost: bool = False) -> None:
        self.device = device("earbuds")
        self.open = False
        self._mixer = mixer
        self._lost = lost

    def start(self) -> None:
        self.open = True

    def stop(self) -> None:
        self.open = False

    @property
    def ms_since_callback(self) -> float:
        if self._lost or not self.open:
            return 5000.0
        self._mixer.render(RATE // 10)
        return 0.0


class Room:
    """A microphone that hears what is put into it."""

    def __init__(self, *, missing: bool = False) -> None:
        self.device = device("room")
        self.sound: queue.SimpleQueue[Pcm] = queue.SimpleQueue()
        self.ms_since_callback = 0.0
        self._missing = missing

    def start(self) -> None:
        if self._missing:
            msg = "the microphone 'room' cannot be opened"
            raise DeviceError(msg)

    def stop(self) -> None:
        pass

    def read(self, timeout_s: float) -> Pcm | None:
        try:
            return self.sound.get(timeout=timeout_s)
        except queue.Empty:
            return None


class Yes:
    """A recogniser that takes everything for `ready`, or fails."""

    name = description = "yes"

    def __init__(self, error: RecogniserError | None = None) -> None:
        self._error = error

    def begin(self, grammar: Grammar) -> None:
        pass

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        if self._error is not None:
            raise self._error
        return (Hypothesis(("ready",), 0.0, 0.99),)


class Slow(Yes):
    """A recogniser that is not ready until half a second of sound has gone by."""

    def __init__(self, mixer: Mixer) -> None:
        super().__init__()
        self._mixer = mixer

    def finish(self) -> tuple[Hypothesis, ...]:
        while self._mixer.position < RATE // 2:
            threading.Event().wait(0.001)
        return super().finish()


class Hum:
    """A voice that hums for a tenth of a second, but has no breath for many phrases at once."""

    name = "hum"

    def render(self, text: str) -> Clip:
        return self.render_all((text,))[0]

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        if len(texts) > 1:
            msg = "out of breath"
            raise VoiceError(msg)
        return tuple(Clip(np.full(RATE // 10, 5000, np.int16), RATE) for _ in texts)


class Scene:
    """A stage with all that stands on it."""

    def __init__(self, activity: VoiceActivity) -> None:
        self.activity = activity
        self.mixer = Mixer(RATE)
        self.earbuds = Earbuds(self.mixer)
        self.room = Room()
        self.recogniser: Yes | Callable[[], Recogniser] = Yes()
        self.afterwards: Callable[[], None] = lambda: None
        self.notices: list[str] = []
        self.told: list[str] = []
        self.stage: LiveStage | None = None

    def open(
        self, find_again: Callable[[], tuple[Earbuds, Room]] | None = None, patience_s: float = 30.0
    ) -> LiveStage:
        mouth = Mouth(self.mixer, lambda _: Hum(), Unit.KG)
        self.stage = LiveStage(
            (self.earbuds, self.room),
            mouth,
            Hearing(Ears(self.recogniser, self.activity)),
            find_again=find_again or self.nothing_there,
            notice=self.notices.append,
            tell=lambda lost: self.told.append(lost.name),
            afterwards=self.afterwards,
            returns_within_s=patience_s,
            retry_s=0.01,
        )
        self.stage.start()
        return self.stage

    def nothing_there(self) -> tuple[Earbuds, Room]:
        msg = "there is no speaker called 'earbuds'"
        raise DeviceError(msg)

    def close(self) -> None:
        if self.stage is not None:
            self.stage.stop()


@pytest.fixture
def scene(loudness: VoiceActivity) -> Iterator[Scene]:
    made = Scene(loudness)
    yield made
    made.close()


@pytest.fixture
def state() -> State:
    return begin("1", datetime(2026, 1, 5, tzinfo=UTC), PLAN, ask_injury=False)


def next_event(stage: LiveStage, within_ms: int = 20_000) -> Event | None:
    return stage.wait(stage.now_ms() + within_ms)


def test_what_is_said_in_the_room_reaches_the_driver(scene: Scene, state: State) -> None:
    stage = scene.open()
    stage.listen(state, READY, partial(foreseen, state))
    scene.room.sound.put(SPOKEN)
    scene.room.sound.put(QUIET)
    event = next_event(stage)
    assert isinstance(event, IntentHeard)
    assert event.intent.name is IntentName.READY


def test_an_answer_is_dated_when_it_is_understood(scene: Scene, state: State) -> None:
    scene.recogniser = Slow(scene.mixer)
    stage = scene.open()
    stage.listen(state, READY, partial(foreseen, state))
    scene.room.sound.put(SPOKEN)
    scene.room.sound.put(QUIET)
    event = next_event(stage)
    assert isinstance(event, IntentHeard)
    assert event.at_ms == stage.now_ms() >= 500


def test_what_may_be_said_is_what_was_told_last(scene: Scene, state: State) -> None:
    stage = scene.open()
    for vocabulary in (READY, NOTHING, READY):
        stage.listen(state, vocabulary, partial(foreseen, state))
    scene.room.sound.put(SPOKEN)
    scene.room.sound.put(QUIET)
    assert isinstance(next_event(stage), IntentHeard)


def test_an_utterance_of_the_coach_ends_when_it_has_been_played(scene: Scene) -> None:
    stage = scene.open()
    stage.perform(Speak(1, (prompt(Say.SAY_READY),)), 0)
    assert next_event(stage) == SpeechEnded(100, 1)


def test_a_deadline_comes_when_the_sound_has_come_so_far(scene: Scene) -> None:
    stage = scene.open()
    assert stage.wait(200) is None
    assert stage.now_ms() >= 200


def test_the_coach_says_its_last_words_before_the_devices_are_let_go(scene: Scene) -> None:
    stage = scene.open()
    stage.perform(Speak(1, (prompt(Say.WELL_DONE), prompt(Say.SAY_READY))), 0)
    stage.close()
    assert scene.mixer.is_idle
    assert scene.mixer.position >= 2 * RATE // 10
    assert not scene.earbuds.open


def test_an_error_of_the_recogniser_is_the_drivers_to_raise(scene: Scene, state: State) -> None:
    scene.recogniser = Yes(RecogniserError("the graph has no output"))
    stage = scene.open()
    stage.listen(state, READY, partial(foreseen, state))
    scene.room.sound.put(SPOKEN)
    scene.room.sound.put(QUIET)
    with pytest.raises(RecogniserError, match="no output"):
        next_event(stage)


def test_what_is_said_before_the_recogniser_is_loaded_is_heard_when_it_is(
    scene: Scene, state: State
) -> None:
    spoken = threading.Event()

    def loaded() -> Recogniser:
        assert spoken.wait(10)
        return Yes()

    scene.recogniser = loaded
    stage = scene.open()
    stage.listen(state, READY, partial(foreseen, state))
    scene.room.sound.put(SPOKEN)
    scene.room.sound.put(QUIET)
    stage.perform(Speak(1, (prompt(Say.SAY_READY),)), 0)
    said = next_event(stage)
    spoken.set()
    heard = next_event(stage)
    assert isinstance(said, SpeechEnded)  # the coach did not wait for its ears
    assert isinstance(heard, IntentHeard)
    assert heard.intent.name is IntentName.READY


def test_what_the_first_word_need_not_wait_for_comes_after_it(scene: Scene, state: State) -> None:
    came = queue.SimpleQueue[str]()

    def loaded() -> Recogniser:
        came.put("ears")
        return Yes()

    scene.recogniser = loaded

    def ahead() -> tuple[Prompt, ...]:
        came.put("what may be said next")
        return ()

    scene.afterwards = partial(came.put, "buttons")
    stage = scene.open()
    stage.listen(state, READY, ahead)
    stage.perform(Speak(1, (prompt(Say.SAY_READY),)), 0)
    assert came.empty()
    assert isinstance(next_event(stage), SpeechEnded)
    assert {came.get(timeout=10) for _ in range(3)} == {
        "ears",
        "buttons",
        "what may be said next",
    }


def test_a_recogniser_that_cannot_be_loaded_ends_the_session(scene: Scene) -> None:
    def damaged() -> Recogniser:
        msg = "the model is damaged"
        raise RecogniserError(msg)

    scene.recogniser = damaged
    with pytest.raises(RecogniserError, match="damaged"):
        next_event(scene.open())


def test_a_voice_that_fails_ahead_of_time_ends_nothing(scene: Scene, state: State) -> None:
    stage = scene.open()
    stage.listen(state, NOTHING, partial(foreseen, state))
    stage.perform(Speak(1, (prompt(Say.SAY_READY),)), 0)
    assert isinstance(next_event(stage), SpeechEnded)
    assert next_event(stage, within_ms=100) is None


def test_earbuds_that_come_back_go_on_in_the_middle_of_the_sentence(
    scene: Scene, state: State
) -> None:
    scene.earbuds = Earbuds(scene.mixer, lost=True)
    found = (Earbuds(scene.mixer), Room())
    stage = scene.open(lambda: found)
    stage.listen(state, READY, partial(foreseen, state))
    stage.perform(Speak(1, (prompt(Say.SAY_READY),)), 0)
    assert next_event(stage) == SpeechEnded(100, 1)
    assert scene.notices == [
        "earbuds has gone silent. Waiting for it to come back.",
        "earbuds is back.",
    ]
    found[1].sound.put(SPOKEN)
    found[1].sound.put(QUIET)
    assert isinstance(next_event(stage), IntentHeard)


def test_a_device_that_stays_away_is_told_of_aloud_once(scene: Scene) -> None:
    scene.earbuds = Earbuds(scene.mixer, lost=True)
    tries = iter(range(4))

    def find_again() -> tuple[Earbuds, Room]:
        return (Earbuds(scene.mixer, lost=next(tries) < 3), Room())

    stage = scene.open(find_again)
    assert next_event(stage, within_ms=100) is None
    assert scene.told == ["earbuds"]


def test_what_a_lost_device_broke_off_is_taken_up_as_after_a_pause(
    scene: Scene, state: State
) -> None:
    scene.room.ms_since_callback = 5000.0
    stage = scene.open(lambda: (Earbuds(scene.mixer), Room()))
    pausable = Vocabulary(intents=frozenset({IntentName.PAUSE, IntentName.READY}))
    stage.listen(state, pausable, partial(foreseen, state))
    heard = [next_event(stage), next_event(stage)]
    assert all(isinstance(event, IntentHeard) and event.source == "device" for event in heard)
    assert [event.intent.name for event in heard if isinstance(event, IntentHeard)] == [
        IntentName.PAUSE,
        IntentName.RESUME,
    ]


def test_a_microphone_that_stays_away_ends_the_session(scene: Scene) -> None:
    stage = scene.open(patience_s=0.0)
    scene.room.ms_since_callback = 5000.0
    with pytest.raises(DeviceError) as failure:
        next_event(stage)
    assert failure.value.problem == "room has gone silent"
    assert "nothing is lost" in failure.value.remedy
    assert not scene.earbuds.open


def test_without_a_microphone_the_speaker_is_let_go(scene: Scene) -> None:
    scene.room = Room(missing=True)
    with pytest.raises(DeviceError, match="cannot be opened"):
        scene.open()
    scene.close()
    assert not scene.earbuds.open


def test_a_microphone_that_is_switched_off_is_pointed_out_once(scene: Scene) -> None:
    stage = scene.open()
    for _ in range(30):
        scene.room.sound.put(NOTHING_AT_ALL)
    scene.room.sound.put(QUIET)
    assert next_event(stage, within_ms=500) is None
    [notice] = scene.notices
    assert notice.startswith("room has given no sound for 20 s.")


def test_a_quiet_room_is_not_taken_for_a_microphone_that_is_off(scene: Scene) -> None:
    stage = scene.open()
    for _ in range(30):
        scene.room.sound.put(QUIET)
    assert next_event(stage, within_ms=500) is None
    assert scene.notices == []


def test_no_thread_outlives_the_session(scene: Scene, state: State) -> None:
    before = threading.active_count()
    stage = scene.open()
    stage.listen(state, READY, partial(foreseen, state))
    assert next_event(stage, within_ms=100) is None
    assert threading.active_count() > before
    stage.stop()
    stage.stop()
    assert threading.active_count() == before
