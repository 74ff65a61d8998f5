"""Leading a session on real devices: finding them, starting the engines, putting all together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.devices import Device, Direction, choose, found_again, list_devices, rescan
from voicecoach.audio.ducking import Ducking, supported
from voicecoach.audio.ears import Ears
from voicecoach.audio.live import SounddeviceMicrophone, SounddeviceSpeaker
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import Recogniser, Voice
from voicecoach.audio.sound_server import SinkWatch
from voicecoach.errors import DeviceError, VoiceError
from voicecoach.language.prompts import Say, prompt
from voicecoach.runtime import config, engines
from voicecoach.runtime.buttons import Button
from voicecoach.runtime.config import Settings
from voicecoach.runtime.driver import Driver, Log, Observer
from voicecoach.runtime.hearing import Hearing, Keep
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.live_stage import Devices, LiveStage
from voicecoach.runtime.mouth import Delivery, Mouth
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.reading import read_out
from voicecoach.runtime.transcript import Show, Transcript
from voicecoach.session.conversation import Conversation, S
from voicecoach.session.events import Event
from voicecoach.session.state import State

if TYPE_CHECKING:
    from rich.console import Console

    from voicecoach.audio.recognisers.own_voice import OwnVoice
    from voicecoach.runtime.display import Display
    from voicecoach.runtime.media_player import MediaPlayer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """The devices and engines of a live session."""

    microphone: Device
    speaker: Device
    recogniser: Callable[[], Recogniser]
    """It is loaded when it is first asked for: half a second that the first word does not wait."""

    voice_at: Callable[[int], Voice]
    delivery: Delivery
    buffer_ms: int  # of the speaker
    ducks: bool
    buttons: bool

    @property
    def description(self) -> str:
        """One line that names them."""
        return f"Speaking to {self.speaker.name}, listening to {self.microphone.name}."


def find_rig(paths: Paths, settings: Settings, own_voice: OwnVoice | None = None) -> Rig:
    """Return the devices and engines that suit `settings`.

    It listens to `own_voice`, if it can.

    Raises:
        DeviceError: there is no microphone or speaker, or not the one named.
        RecogniserError: the one named cannot be started.
        VoiceError: there is no voice of the name that is set.
    """
    devices = list_devices()
    microphone = choose(devices, Direction.INPUT, settings[config.MIC])
    speaker = choose(devices, Direction.OUTPUT, settings[config.SPEAKER])
    voice_at = engines.coach_voice(paths, settings)
    named = settings[config.RECOGNISER]
    recogniser = cache(partial(engines.recogniser, paths, named, own_voice))
    # A slip in a name is told before anything begins.
    if settings[config.VOICE] is not None:
        voice_at(settings[config.RATE]).render("Ready.")
    if named is not None:
        recogniser()
    return Rig(
        microphone=microphone,
        speaker=speaker,
        recogniser=recogniser,
        voice_at=voice_at,
        delivery=engines.delivery(settings),
        buffer_ms=settings[config.BUFFER],
        ducks=settings[config.DUCK],
        buttons=settings[config.BUTTONS],
    )


class SpokenTalk:
    """Speaks and listens on the devices of `rig`; `show` prints the conversation.

    With a `console`, which is a terminal, a workout is shown on a page of its own instead.
    `keep` is given what the lifter said.
    """

    def __init__(
        self, rig: Rig, show: Show, console: Console | None = None, keep: Keep | None = None
    ) -> None:
        self._rig = rig
        self._show = show
        self._console = console
        self._keep = keep

    def lead(
        self,
        conversation: Conversation[S],
        state: S,
        log: Log,
        interrupts: Interrupts,
        *,
        offset_ms: int = 0,
    ) -> S:
        """Lead one conversation by voice, and return the state it ended in.

        The devices are opened for it and let go after it. Raises DeviceError
        for a device that cannot be opened or is lost.
        """
        rig, show = self._rig, self._show
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
                found_again(there, rig.speaker, Direction.OUTPUT),
                found_again(there, rig.microphone, Direction.INPUT),
            )

        mouth = Mouth(mixer, rig.voice_at, state.unit, delivery=rig.delivery, offset_ms=offset_ms)
        ears = Ears(rig.recogniser, SileroActivity())
        hearing = Hearing(ears, offset_ms=offset_ms, own_words=mouth.own_words, keep=self._keep)
        display: Display | None = None
        printed: Callable[[str], None] = partial(_print_notice, show, mouth)
        notice = printed
        if self._console is not None and isinstance(state, State):
            from voicecoach.runtime.display import Display  # noqa: PLC0415  # not for the first word

            display = Display(self._console, state, hearing, mouth.now_ms)
            show, notice = display.line, display.notice
        with ExitStack() as stack:
            buttons = _Buttons()
            stack.callback(buttons.close)
            watch = SinkWatch.connected()
            if watch is not None:
                stack.callback(watch.close)
            stage = LiveStage(
                devices(rig.speaker, rig.microphone),
                mouth,
                hearing,
                find_again=find_again,
                notice=notice,
                tell=partial(_tell, rig),
                strayed=watch.strayed if watch else lambda _: False,
                ducked=_ducking(stack) if rig.ducks else lambda _: None,
                afterwards=lambda: buttons.connect(stage.press) if rig.buttons else None,
            )
            stack.callback(stage.stop)
            stage.start()
            observers: list[Observer[Any]] = [Transcript(hearing, show)]
            if isinstance(state, State):
                observers.append(buttons)
            if display is not None:
                observers.append(stack.enter_context(display))
            ended = Driver(conversation, stage, log, observers, interrupts=interrupts).run(state)
            with suppress(KeyboardInterrupt):  # whoever interrupts the last words wants silence
                interrupts.wait(stage.close)
        for text in display.notices if display is not None else ():
            printed(text)
        return ended


def _ducking(stack: ExitStack) -> Callable[[bool], None]:
    """Return what makes the music softer; it does nothing where that cannot be done."""
    if not supported():
        return lambda _: None
    ducking = Ducking()
    stack.callback(ducking.close)
    return ducking.duck


class _Buttons:
    """The coach as a media player, from when it has time to be one; an observer of the driver."""

    def __init__(self) -> None:
        self._player: MediaPlayer | None = None

    def connect(self, press: Callable[[Button], None]) -> None:
        """Become one, where there is a bus to be it on."""
        try:
            from voicecoach.runtime.media_player import MediaPlayer  # noqa: PLC0415  # an extra
        except ImportError:
            return
        player = MediaPlayer(press)
        if player.connect():
            self._player = player

    def moved(self, before: State, event: Event, after: State) -> None:
        """Pass a step on."""
        if self._player is not None:
            self._player.moved(before, event, after)

    def close(self) -> None:
        """Leave the bus; nobody may be connecting any more."""
        if self._player is not None:
            self._player.close()


def _tell(rig: Rig, lost: Device) -> None:
    """Say on whatever speaker is left that `lost` is gone: the coach's own, else the usual one."""
    said = prompt(Say.SPEAKER_LOST if lost.name == rig.speaker.name else Say.MICROPHONE_LOST)
    with suppress(DeviceError):
        left = [one for one in list_devices() if one.suits(Direction.OUTPUT)]
        left = [one for one in left if one.name != lost.name]
        left.sort(key=lambda one: (one.name != rig.speaker.name, not one.default_output))
        for device in left:
            with suppress(DeviceError, VoiceError):
                read_out(device, rig.voice_at, [said], delivery=rig.delivery)
                return


def _print_notice(show: Show, mouth: Mouth, text: str) -> None:
    show(mouth.now_ms(), f"({text})")
