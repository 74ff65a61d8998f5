"""Leading a session on real devices: finding them, starting the engines, putting all together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.devices import Device, Direction, choose, list_devices, rescan
from voicecoach.audio.ears import Ears
from voicecoach.audio.live import SounddeviceMicrophone, SounddeviceSpeaker
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import Recogniser, Voice
from voicecoach.runtime import config, engines
from voicecoach.runtime.config import Settings
from voicecoach.runtime.display import Display
from voicecoach.runtime.driver import Driver, Log, Observer
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.live_stage import Devices, LiveStage
from voicecoach.runtime.mouth import Delivery, Mouth
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.transcript import Show, Transcript
from voicecoach.session.conversation import Conversation, S
from voicecoach.session.state import State

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """The devices and engines of a live session."""

    microphone: Device
    speaker: Device
    recogniser: Recogniser
    voice_at: Callable[[int], Voice]
    delivery: Delivery
    buffer_ms: int  # of the speaker

    @property
    def description(self) -> str:
        """One line that names them."""
        return (
            f"Speaking to {self.speaker.name}, listening to {self.microphone.name}"
            f" with {self.recogniser.description}."
        )


def find_rig(paths: Paths, settings: Settings) -> Rig:
    """Return the devices and engines that suit `settings`.

    Raises:
        DeviceError: there is no microphone or speaker, or not the one named.
        RecogniserError: no recogniser can be started, or not the one named.
    """
    devices = list_devices()
    return Rig(
        microphone=choose(devices, Direction.INPUT, settings[config.MIC]),
        speaker=choose(devices, Direction.OUTPUT, settings[config.SPEAKER]),
        recogniser=engines.recogniser(paths, settings[config.RECOGNISER]),
        voice_at=engines.coach_voice(paths, settings),
        delivery=engines.delivery(settings),
        buffer_ms=settings[config.BUFFER],
    )


class SpokenTalk:
    """Speaks and listens on the devices of `rig`; `show` prints the conversation.

    With a `console`, which is a terminal, a workout is shown on a page of its own instead.
    """

    def __init__(self, rig: Rig, show: Show, console: Console | None = None) -> None:
        self._rig = rig
        self._show = show
        self._console = console

    def lead(
        self,
        conversation: Conversation[S],
        state: S,
        log: Log,
        interrupts: Interrupts,
        *,
        offset_ms: int = 0,
    ) -> S:
        """Lead one conversation by voice; the devices are opened for it and let go after it."""
        return lead(
            self._rig,
            conversation,
            state,
            log,
            interrupts,
            offset_ms=offset_ms,
            show=self._show,
            console=self._console,
        )


def lead(
    rig: Rig,
    conversation: Conversation[S],
    state: S,
    log: Log,
    interrupts: Interrupts,
    *,
    offset_ms: int,
    show: Show,
    console: Console | None = None,
) -> S:
    """Lead the conversation that `state` opens, and return the state it ended in.

    `offset_ms` is the session time at which it begins or goes on. Raises
    DeviceError for a device that cannot be opened or is lost.
    """
    mixer = Mixer(rig.speaker.rate)

    def devices(speaker: Device, microphone: Device) -> Devices:
        return (
            SounddeviceSpeaker(speaker, mixer, latency_s=rig.buffer_ms / 1000),
            SounddeviceMicrophone(microphone),
        )

    def find_again() -> Devices:
        rescan()
        there = list_devices()
        return devices(
            choose(there, Direction.OUTPUT, rig.speaker.name),
            choose(there, Direction.INPUT, rig.microphone.name),
        )

    mouth = Mouth(mixer, rig.voice_at, state.unit, delivery=rig.delivery, offset_ms=offset_ms)
    ears = Ears(rig.recogniser, SileroActivity())
    hearing = Hearing(ears, offset_ms=offset_ms, own_words=mouth.own_words)
    display = None
    notice: Callable[[str], None] = partial(_print_notice, show, mouth)
    if console is not None and isinstance(state, State):
        display = Display(console, state, hearing, mouth.now_ms)
        show, notice = display.line, display.notice
    stage = LiveStage(
        devices(rig.speaker, rig.microphone),
        mouth,
        hearing,
        find_again=find_again,
        notice=notice,
    )
    try:
        stage.start()
        observers: list[Observer[Any]] = [Transcript(hearing, show)]
        with ExitStack() as stack:
            if display is not None:
                observers.append(stack.enter_context(display))
            ended = Driver(conversation, stage, log, observers, interrupts=interrupts).run(state)
            with suppress(KeyboardInterrupt):  # whoever interrupts the last words wants silence
                interrupts.wait(stage.close)
    finally:
        stage.stop()
    return ended


def _print_notice(show: Show, mouth: Mouth, text: str) -> None:
    show(mouth.now_ms(), f"({text})")
