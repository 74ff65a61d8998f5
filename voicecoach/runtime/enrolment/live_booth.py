"""The booth on real devices: the coach asks on the speaker and listens to the microphone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import numpy as np

from voicecoach.audio.live import SounddeviceMicrophone, SounddeviceSpeaker
from voicecoach.audio.ports import Pcm, Recogniser
from voicecoach.audio.utterance import Utterance
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.errors import DeviceError
from voicecoach.runtime.bench.moments import Moment
from voicecoach.runtime.enrolment.takes import patient_ears
from voicecoach.runtime.live_session import Rig
from voicecoach.runtime.mouth import Delivery

LOOK_S = 0.02
ECHO_S = 0.3
"""How long after its end the coach may still be heard: buffers, and the room."""

LOST_AFTER_MS = 2_000
"""A device that has not called back for so long is gone."""


class LiveBooth:
    """Speaks and listens on the devices of `rig`; `show` prints what the coach says.

    To be entered. While the coach speaks nothing is listened to.
    """

    def __init__(self, rig: Rig, recogniser: Recogniser, show: Callable[[str], None]) -> None:
        self._speaker = SounddeviceSpeaker(rig.speaker, latency_s=rig.buffer_ms / 1000)
        self._microphone = SounddeviceMicrophone(rig.microphone)
        self._recogniser = recogniser
        self._show = show
        delivery: Delivery = rig.delivery
        self._mixer = self._speaker.mixer
        self._mixer.set_gain(delivery.volume_db)
        self._repertoire = Repertoire(rig.voice_at(delivery.words_a_minute), self._mixer.rate)
        self._said = 0

    def __enter__(self) -> Self:
        self._speaker.start()
        self._microphone.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._microphone.stop()
        self._speaker.stop()

    def prepare(self, texts: Iterator[str]) -> None:
        """Render what will be said. Raises VoiceError."""
        self._repertoire.prepare(texts)

    def say(self, text: str) -> None:
        """Say `text` to its end. Raises DeviceError and VoiceError."""
        self._show(f"Coach: {text}")
        self._said += 1
        self._mixer.say(f"line {self._said}", self._repertoire.phrase(text))
        while not self._mixer.is_idle:
            self._mixer.events()
            self._look_after_devices()
            time.sleep(LOOK_S)
        time.sleep(self._speaker.latency_ms / 1000 + ECHO_S)
        while self._microphone.read(0) is not None:
            pass  # what was heard of the coach itself

    def room(self, seconds: float) -> Pcm:
        """Return what the microphone hears for so long. Raises DeviceError."""
        blocks = list(self._heard(seconds))
        return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)

    def listen(self, moment: Moment, seconds: float) -> Utterance | None:
        """Return what is said next; None where nobody has begun in time. Raises DeviceError."""
        ears = patient_ears(self._recogniser)
        ears.listen(moment.vocabulary.grammar)
        for pcm in self._heard(seconds, until=lambda: ears.quiet):
            for utterance in ears.feed(pcm):
                return utterance
        return None

    def _heard(self, seconds: float, until: Callable[[], bool] = lambda: True) -> Iterator[Pcm]:
        """Yield blocks of the microphone for so long, and on while `until` is not yet true."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends or not until():
            self._look_after_devices()
            pcm = self._microphone.read(LOOK_S)
            if pcm is not None:
                yield pcm

    def _look_after_devices(self) -> None:
        for device in (self._speaker, self._microphone):
            if device.ms_since_callback > LOST_AFTER_MS:
                msg = f"{device.device.name} has gone silent"
                raise DeviceError(msg, remedy="plug it in again, and once more; nothing is changed")
