"""A session on real devices: the speaker's sample counter is its clock.

Three threads and two queues: the sound card's callbacks copy, the inference
thread listens, and the driver, which owns this object, does the rest.
"""

from __future__ import annotations

import queue
import threading
import time

from voicecoach.audio.live import SounddeviceMicrophone, SounddeviceSpeaker
from voicecoach.errors import DeviceError
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.mouth import Mouth
from voicecoach.session.effects import Effect
from voicecoach.session.events import Event
from voicecoach.session.state import State

TICK_S = 0.01
"""How often the driver looks whether an utterance of the coach has ended."""

BLOCK_TIMEOUT_S = 0.1
LOST_AFTER_MS = 2_000
"""A device that has not called back for so long is gone."""


class LiveStage:
    """The stage of `voicecoach start`: a speaker, a microphone, and the athlete between them."""

    def __init__(
        self,
        speaker: SounddeviceSpeaker,
        microphone: SounddeviceMicrophone,
        mouth: Mouth,
        hearing: Hearing,
    ) -> None:
        self._speaker = speaker
        self._microphone = microphone
        self._mouth = mouth
        self._hearing = hearing
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._wanted: Vocabulary | None = None  # handed from the driver to the inference thread
        self._closing = threading.Event()
        self._failed: BaseException | None = None
        self._ahead: queue.SimpleQueue[State | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="hearing", daemon=True)
        self._renderer = threading.Thread(target=self._render_ahead, name="voice", daemon=True)

    def start(self) -> None:
        """Open the devices. Raises DeviceError."""
        self._speaker.start()
        try:
            self._microphone.start()
        except DeviceError:
            self._speaker.stop()
            raise
        self._listener.start()
        self._renderer.start()

    def now_ms(self) -> int:
        """Return the instant: how much sound the speaker has taken."""
        return self._mouth.now_ms()

    def listen(self, state: State, vocabulary: Vocabulary) -> None:
        """Listen for what may be said now; render ahead what may be answered."""
        self._wanted = vocabulary
        self._ahead.put(state)

    def perform(self, effect: Effect, at_ms: int) -> None:  # noqa: ARG002  # the mixer has the time
        """Carry out an effect."""
        self._mouth.perform(effect)

    def wait(self, until_ms: int | None) -> Event | None:
        """Return the next event, or None at `until_ms`. Raises DeviceError for a lost device."""
        while True:
            for ended in self._mouth.events():
                self._events.put(ended)
            left_s = TICK_S
            if until_ms is not None:
                left_s = min(left_s, (until_ms - self.now_ms()) / 1000)
            try:
                return self._events.get(timeout=max(0.0, left_s))
            except queue.Empty:
                if until_ms is not None and self.now_ms() >= until_ms:
                    return None
            self._look_after_devices()

    def close(self) -> None:
        """Let the coach finish its sentence, and let go of the devices."""
        give_up = time.monotonic() + 60
        while not self._mouth.silent and time.monotonic() < give_up:
            self._mouth.events()
            if self._speaker.ms_since_callback > LOST_AFTER_MS:
                break
            self._closing.wait(TICK_S)
        # What the mixer has given out the device has still to play.
        self._closing.wait(self._speaker.latency_ms / 1000 + TICK_S)
        self.stop()

    def stop(self) -> None:
        """Let go of the devices at once."""
        self._closing.set()
        self._ahead.put(None)
        for thread in (self._listener, self._renderer):
            if thread.is_alive():
                thread.join(timeout=10)
        self._microphone.stop()
        self._speaker.stop()

    def _look_after_devices(self) -> None:
        if self._failed is not None:
            raise self._failed
        for device in (self._speaker, self._microphone):
            if device.ms_since_callback > LOST_AFTER_MS:
                msg = f"{device.device.name} has gone silent"
                raise DeviceError(
                    msg, remedy="plug it in again and `voicecoach start`: nothing is lost"
                )

    def _listen(self) -> None:
        """Inference: microphone blocks to events, in a thread of its own."""
        try:
            while not self._closing.is_set():
                pcm = self._microphone.read(BLOCK_TIMEOUT_S)
                wanted, self._wanted = self._wanted, None
                if wanted is not None:
                    self._hearing.listen(wanted)
                if pcm is not None:
                    now_ms = self.now_ms()
                    for event in self._hearing.feed(pcm, now_ms=now_ms):
                        self._events.put(event)
        except Exception as error:  # noqa: BLE001  # re-raised by the driver
            self._failed = error

    def _render_ahead(self) -> None:
        """Render what may be said soon, in a thread of its own."""
        try:
            while (state := self._ahead.get()) is not None:
                while not self._ahead.empty():
                    newer = self._ahead.get()
                    if newer is None:
                        return
                    state = newer
                self._mouth.foresee(state)
        except Exception as error:  # noqa: BLE001  # re-raised by the driver
            self._failed = error
