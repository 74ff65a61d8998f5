"""A session on real devices: the speaker's sample counter is its clock.

Three kinds of threads and queues between them: the sound card's callbacks
copy, one thread listens, one renders what may be said soon, and the driver,
which owns this object, does the rest. The coach's first word comes before
all of that: the recogniser is loaded, and the rest done, while it sounds.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

import numpy as np

from voicecoach.audio.devices import Device
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.errors import DeviceError, VoiceError
from voicecoach.language.intents import Intent, IntentName
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.buttons import Button, meaning
from voicecoach.runtime.driver import Foreseen
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.mouth import Mouth
from voicecoach.session.conversation import Standing
from voicecoach.session.effects import Effect, Speak
from voicecoach.session.events import Event, IntentHeard, SpeechEnded
from voicecoach.session.state import State
from voicecoach.session.vocabulary import legal_intents

TICK_S = 0.01
"""How often the driver looks whether an utterance of the coach has ended."""

IDLE_TICK_S = 0.1
"""And how often while there is none: whatever the athlete says wakes it at once."""

BLOCK_TIMEOUT_S = 0.1

SWITCH_S = 0.001
"""How long the sound card's callback may have to wait for the interpreter; Python's default of
5 ms, twice over, is half of what the speaker's buffer holds."""

LOST_AFTER_MS = 2_000
"""A device that has not called back for so long is gone."""

RETURNS_WITHIN_S = 120.0
"""How long a lost device is waited for: earbuds that ran out of reach, a plug pulled by a foot."""

RETRY_S = 1.0
"""How long a device is given to call back, or to turn up, before it is looked for again."""

MUTE_AFTER_S = 20
"""A microphone hears some noise in any room. One that gives nothing for so long may be off."""

DITHER = 1
"""What resampling makes of nothing, in steps of the 16 bits."""

LAST_WORDS_S = 60.0
"""What the coach has to say when a session ends takes less."""


class Speaker(Protocol):
    """Plays what the mixer of the mouth renders."""

    @property
    def device(self) -> Device:
        """What it plays on."""

    @property
    def latency_ms(self) -> float:
        """From the mixer to the device's output."""

    @property
    def ms_since_callback(self) -> float:
        """How long ago the device last asked for sound."""

    @property
    def underflows(self) -> int:
        """Blocks that came too late and left a gap."""

    def start(self) -> None:
        """Open the device. Raises DeviceError."""

    def stop(self) -> None:
        """Let go of the device; a second time does nothing."""


class Microphone(Protocol):
    """Gives what is said in the room."""

    @property
    def device(self) -> Device:
        """What it listens to."""

    @property
    def ms_since_callback(self) -> float:
        """How long ago the device last gave sound."""

    def start(self) -> None:
        """Open the device. Raises DeviceError."""

    def stop(self) -> None:
        """Let go of the device; a second time does nothing."""

    def read(self, timeout_s: float) -> Pcm | None:
        """Return the next samples at HEARING_RATE; None where none came in time."""


Devices = tuple[Speaker, Microphone]


class LiveStage:
    """The stage of `voicecoach start`: a speaker, a microphone, and the athlete between them.

    `find_again` looks for the devices anew once one is lost, and returns
    adapters for them, not yet started; the speaker's plays the same mixer.
    `tell` says aloud, on whatever is left, that a device is lost; it may take
    its time. `strayed` tells whether the system has moved the coach's sound to
    another device than the one it began on, which is as good as lost; `at once`
    it is asked again, however lately it was. `ducked` is told when the coach
    begins to sound and when it is silent again. `notice` is told, in the
    driver's thread, what an athlete with a screen should know of the devices.
    `afterwards` is called once the coach has begun to speak, in a thread of its
    own: for what its first word need not wait for.
    """

    def __init__(
        self,
        devices: Devices,
        mouth: Mouth,
        hearing: Hearing,
        *,
        find_again: Callable[[], Devices],
        notice: Callable[[str], None],
        tell: Callable[[Device], None],
        strayed: Callable[[bool], bool] = lambda _at_once: False,
        ducked: Callable[[bool], None] = lambda _sounds: None,
        afterwards: Callable[[], None] = lambda: None,
        returns_within_s: float = RETURNS_WITHIN_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._speaker, self._microphone = devices
        self._mouth = mouth
        self._hearing = hearing
        self._find_again = find_again
        self._notice = notice
        self._tell = tell
        self._strayed = strayed
        self._ducked = ducked
        self._afterwards = afterwards
        self._returns_within_s = returns_within_s
        self._retry_s = retry_s
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._notices: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._vocabulary = Vocabulary(intents=frozenset())
        self._legal: frozenset[IntentName] = frozenset()
        self._vocabularies: queue.SimpleQueue[Vocabulary] = queue.SimpleQueue()
        self._foreseen: queue.SimpleQueue[Foreseen | None] = queue.SimpleQueue()
        self._saying = 0  # utterances whose end has not been seen
        self._closing = threading.Event()
        self._threads = ThreadPoolExecutor(max_workers=3, thread_name_prefix="voicecoach")
        self._running: list[Future[None]] = []
        self._switch_s = sys.getswitchinterval()

    def start(self) -> None:
        """Open the devices. Raises DeviceError."""
        sys.setswitchinterval(SWITCH_S)
        self._speaker.start()
        self._microphone.start()

    def now_ms(self) -> int:
        """Return the instant: how much sound the speaker has taken."""
        return self._mouth.now_ms()

    def listen(self, state: Standing, vocabulary: Vocabulary, foreseen: Foreseen) -> None:
        """Listen for what may be said now; render ahead what may be answered."""
        self._vocabulary = vocabulary
        self._legal = legal_intents(state) if isinstance(state, State) else vocabulary.intents
        self._vocabularies.put(vocabulary)
        self._foreseen.put(foreseen)

    def perform(self, effect: Effect, at_ms: int) -> None:  # noqa: ARG002  # the mixer has the time
        """Carry out an effect. Raises VoiceError."""
        self._mouth.perform(effect)
        self._saying += isinstance(effect, Speak)

    def press(self, button: Button) -> None:
        """Take a press of a button, in whatever thread; what means nothing now is passed over.

        It cannot be misheard, so it counts while the coach speaks as well.
        """
        intent = meaning(button, self._legal)
        if intent is not None:
            self._events.put(IntentHeard(self.now_ms(), intent, "button"))

    def wait(self, until_ms: int | None) -> Event | None:
        """Return the next event, or None at `until_ms`.

        Raises what the listening thread raised, and DeviceError for a device
        that is lost and does not come back.
        """
        while True:
            for ended in self._mouth.events():
                self._saying -= 1
                self._events.put(ended)
            if not self._running and (self._mouth.begun or not self._saying):
                work = (self._listen, self._render_ahead, self._afterwards)
                self._running = [self._threads.submit(one) for one in work]
            self._ducked(not self._mouth.silent)
            tick_s = TICK_S if self._saying else IDLE_TICK_S
            if until_ms is not None:
                tick_s = min(tick_s, (until_ms - self.now_ms()) / 1000)
            with suppress(queue.Empty):
                return self._from_now_on(self._events.get(timeout=max(0.0, tick_s)))
            if until_ms is not None and self.now_ms() >= until_ms:
                return None
            self._look_after_threads()
            self._look_after_devices()

    def _from_now_on(self, event: Event) -> Event:
        """Return `event` at the instant it can be answered.

        To make out what was said takes time; a countdown that began from
        the athlete's last word would find its first beat gone by.
        """
        if isinstance(event, SpeechEnded):
            return event
        return replace(event, at_ms=max(event.at_ms, self.now_ms()))

    def close(self) -> None:
        """Let the coach finish its sentence, to the last sample, and let go of the devices."""
        give_up = time.monotonic() + LAST_WORDS_S
        while not self._mouth.silent and time.monotonic() < give_up:
            self._mouth.events()
            if self._speaker.ms_since_callback > LOST_AFTER_MS:
                break
            self._closing.wait(TICK_S)
        # What the mixer has given out, the device has still to play.
        self._closing.wait(self._speaker.latency_ms / 1000 + TICK_S)
        self.stop()
        if self._speaker.underflows:
            self._notice(
                f"Gaps in the sound of {self._speaker.device.name}: {self._speaker.underflows}."
                " This computer was too busy for it; a longer --buffer helps."
            )

    def stop(self) -> None:
        """Let go of the devices at once; a second time does nothing."""
        self._closing.set()
        self._foreseen.put(None)
        self._threads.shutdown()
        self._microphone.stop()
        self._speaker.stop()
        sys.setswitchinterval(self._switch_s)

    def _look_after_threads(self) -> None:
        for thread in self._running:
            if thread.done():
                thread.result()  # raises what it raised
        with suppress(queue.Empty):
            self._notice(self._notices.get_nowait())

    def _look_after_devices(self) -> None:
        for lost in (self._speaker, self._microphone):
            if lost.ms_since_callback > LOST_AFTER_MS:
                self._wait_for(lost.device)
                return
        if self._strayed(False):
            self._wait_for(self._speaker.device)

    def _wait_for(self, lost: Device) -> None:
        """Stand still until the devices are back: no sample is asked for, so no time passes.

        What was going on is then taken up as after a pause: a count begins with
        three, two, one, and a question is asked again.
        """
        self._notice(f"{lost.name} has gone silent. Waiting for it to come back.")
        give_up = time.monotonic() + self._returns_within_s
        told = False
        while not self._reopened():
            if not told:
                self._tell(lost)
                told = True
            if time.monotonic() > give_up:
                msg = f"{lost.name} has gone silent"
                raise DeviceError(
                    msg, remedy="plug it in again and `voicecoach start`: nothing is lost"
                )
        self._notice(f"{lost.name} is back.")
        if IntentName.PAUSE in self._vocabulary.intents:
            for name in (IntentName.PAUSE, IntentName.RESUME):
                self._events.put(IntentHeard(self.now_ms(), Intent(name=name), "device"))

    def _reopened(self) -> bool:
        """Try to open the devices anew; tell, after some time, whether they are alive."""
        self._microphone.stop()
        self._speaker.stop()
        try:
            self._speaker, self._microphone = self._find_again()
            self._speaker.start()
            self._microphone.start()
        except DeviceError:
            self._closing.wait(self._retry_s)
            return False
        self._closing.wait(self._retry_s)
        silent_ms = max(self._speaker.ms_since_callback, self._microphone.ms_since_callback)
        return silent_ms < self._retry_s * 1000 / 2 and not self._strayed(True)

    def _listen(self) -> None:
        """Turn blocks of the microphone into events, in a thread of its own.

        What comes before the recogniser is loaded waits in the microphone.
        """
        self._hearing.make_ready()
        nothing = 0  # samples of it, so far
        while not self._closing.is_set():
            pcm = self._microphone.read(BLOCK_TIMEOUT_S)
            vocabulary = _latest(self._vocabularies)
            if vocabulary is not None:
                self._hearing.listen(vocabulary)
            if pcm is None:
                continue
            for event in self._hearing.feed(pcm, now_ms=self.now_ms()):
                self._events.put(event)
            before = nothing
            nothing = 0 if np.abs(pcm).max(initial=0) > DITHER else nothing + len(pcm)
            if before < MUTE_AFTER_S * HEARING_RATE <= nothing:
                self._notices.put(
                    f"{self._microphone.device.name} has given no sound for {MUTE_AFTER_S} s."
                    " Is it muted, or may this program not use it?"
                )

    def _render_ahead(self) -> None:
        """Render what may be said soon, in a thread of its own."""
        while (foreseen := self._foreseen.get()) is not None:
            while not self._foreseen.empty():
                newer = self._foreseen.get()
                if newer is None:
                    return
                foreseen = newer
            # What cannot be rendered now is tried again when it is to be said.
            with suppress(VoiceError):
                self._mouth.foresee(foreseen())


def _latest(vocabularies: queue.SimpleQueue[Vocabulary]) -> Vocabulary | None:
    latest = None
    with suppress(queue.Empty):
        while True:
            latest = vocabularies.get_nowait()
    return latest
