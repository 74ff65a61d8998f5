"""The coach's mouth: effects become clips in the mixer, and the mixer's events come back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from voicecoach.audio.earcons import earcon
from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, FASTEST, SLOWEST, WORDS_A_MINUTE
from voicecoach.audio.mixer import ClipEnded, ClipStarted, Group, Mixer, MixerEvent
from voicecoach.audio.mixer import SpeechEnded as ClipSpoken
from voicecoach.audio.mixer import SpeechStarted as ClipBegun
from voicecoach.audio.ports import Clip, Voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.language.parser import typed_words
from voicecoach.language.prompts import Prompt, Say
from voicecoach.session.effects import (
    AdjustRate,
    AdjustVolume,
    Beat,
    Count,
    Effect,
    Play,
    Speak,
    StopCounting,
    StopSpeaking,
)
from voicecoach.session.events import SpeechEnded
from voicecoach.units import Unit

SOUNDS_KEPT = 16
"""Sentences and counts: as many as sound within the longest utterance of an athlete."""

BREATH_MS = 220
"""The pause between two sentences of one utterance."""


COUNTED = {Say.NUMBER, Say.LIFT, Say.HOLD, Say.GO, Say.HALF_WAY}
"""What sounds on the beat of a count."""


ASKING = {Say.SAY_READY, Say.WHEN_READY, Say.DO_OR_TELL, Say.ASK_INJURY, Say.ASK_RPE}
"""What asks for an answer without ending in a question mark, or ahead of what may be said."""

NOT_UNDERSTOOD = {Say.SORRY, Say.NOT_NOW, Say.RECORD_FAILED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the coach begins to speak; the athlete may change it by voice."""

    words_a_minute: int = WORDS_A_MINUTE
    volume_db: int = 0
    tones_only: bool = False


@dataclass(frozen=True, slots=True)
class Sounded:
    """A beat that sounded: the set it belongs to, the sample it was due on, and it began on."""

    beat: Beat
    exercise: str
    number: int  # of the set, from 1
    due_sample: int
    played_sample: int


@dataclass(slots=True)
class Sounding:
    """A sentence or a count as it sounds: its words, and its samples of output."""

    words: frozenset[str]
    from_sample: int
    to_sample: int | None = None  # None while it sounds


@dataclass(slots=True)
class Said:
    """An utterance of the coach, as it went."""

    text: str
    at_sample: int | None = None
    interrupted: bool = False
    pieces: int = 0
    ended: set[str] = field(default_factory=set)


class Mouth:
    """Speaks and counts through a mixer whose sample counter is the session's clock.

    `voice_at` gives the voice at a rate in words a minute; `offset_ms` is the
    session time of the mixer's first sample.
    """

    def __init__(
        self,
        mixer: Mixer,
        voice_at: Callable[[int], Voice],
        unit: Unit,
        *,
        delivery: Delivery = Delivery(),
        offset_ms: int = 0,
    ) -> None:
        self._mixer = mixer
        self._voice_at = voice_at
        self._unit = unit
        self._words_a_minute = delivery.words_a_minute
        self._tones_only = delivery.tones_only
        self._offset_ms = offset_ms
        self._repertoire = self._repertoire_now()
        if delivery.volume_db:
            mixer.set_gain(delivery.volume_db)
        self._foreseen: tuple[Prompt, ...] = ()
        self._beats: dict[str, tuple[Beat, Count]] = {}
        self._earcons = 0
        self.said: dict[int, Said] = {}
        """Every utterance so far, by its number."""
        self.sounded: list[Sounded] = []
        """Every beat so far that sounded, in order."""
        self._sentences: dict[str, str] = {}
        self._sounding: deque[tuple[str, Sounding]] = deque(maxlen=SOUNDS_KEPT)

    @property
    def words_a_minute(self) -> int:
        """How fast the voice speaks now."""
        return self._words_a_minute

    def now_ms(self) -> int:
        """Return the session time of the mixer's next sample."""
        return self._offset_ms + self._mixer.position * 1000 // self._mixer.rate

    def sample_at(self, at_ms: int) -> int:
        """Return the output sample of an instant."""
        return self._mixer.samples(at_ms - self._offset_ms)

    @property
    def begun(self) -> bool:
        """Whether anything that was to be said has begun to sound."""
        return any(said.at_sample is not None for said in self.said.values())

    @property
    def silent(self) -> bool:
        """Whether nothing sounds or waits to."""
        return self._mixer.is_idle

    def foresee(self, prompts: tuple[Prompt, ...]) -> None:
        """Render what is likely to be said soon, where that is not done. Raises VoiceError."""
        if prompts != self._foreseen and not self._tones_only:
            self._foreseen = prompts
            counted = [prompt for prompt in prompts if prompt.say in COUNTED]
            others = [prompt for prompt in prompts if prompt.say not in COUNTED]
            self._repertoire.prepare(
                text for prompt in others for text in prompt.wordings(self._unit)
            )
            self._repertoire.prepare_words(prompt.text(self._unit) for prompt in counted)

    def perform(self, effect: Effect) -> None:
        """Carry out an effect of sound. Raises VoiceError."""
        match effect:
            case Speak():
                self._speak(effect)
            case Count():
                self._count(effect)
            case StopCounting(at_once):
                self._mixer.cancel(Group.COUNT, sounding=at_once)
            case StopSpeaking():
                self._mixer.stop_speaking()
            case Play(sound):
                self._earcons += 1
                clip = earcon(sound.value, self._mixer.rate)
                self._mixer.play(f"{sound.value} {self._earcons}", clip)
            case AdjustVolume(decibels):
                self._mixer.set_gain(self._mixer.gain_db + decibels)
            case AdjustRate(percent):
                wanted = round(self._words_a_minute * (100 + percent) / 100)
                self._words_a_minute = min(max(wanted, SLOWEST), FASTEST)
                self._repertoire = self._repertoire_now()
                self._foreseen = ()
            case _:
                pass  # facts and endings make no sound

    def events(self) -> list[SpeechEnded]:
        """Return the utterances that have ended since the last call."""
        ended: list[SpeechEnded] = []
        for event in self._mixer.events():
            ended += self._noted(event)
        return ended

    def own_words(self, from_ms: int, to_ms: int) -> frozenset[str]:
        """Return the words that sounded, in part at least, between two instants of session time.

        Any thread may ask; what began within the last turn of the driver may be missing.
        """
        begin, end = self.sample_at(from_ms), self.sample_at(to_ms)
        return frozenset().union(
            *(
                one.words
                for _, one in tuple(self._sounding)
                if one.from_sample <= end and (one.to_sample is None or one.to_sample >= begin)
            )
        )

    def _repertoire_now(self) -> Repertoire:
        pace = self._words_a_minute
        brisk = self._voice_at(max(pace, COUNTING_WORDS_A_MINUTE))
        return Repertoire(self._voice_at(pace), self._mixer.rate, brisk=brisk)

    def _speak(self, effect: Speak) -> None:
        sentences = [prompt.text(self._unit) for prompt in effect.prompts]
        clips = (
            [earcon(_tone(effect.prompts), self._mixer.rate)]
            if self._tones_only
            else [self._repertoire.phrase(sentence) for sentence in sentences]
        )
        self.said[effect.utterance] = Said(" ".join(sentences), pieces=len(clips))
        for number, clip in enumerate(clips, 1):
            sound = then_silence(clip, BREATH_MS) if number < len(clips) else clip
            key = f"{effect.utterance}.{number}"
            if not self._tones_only:
                self._sentences[key] = sentences[number - 1]
            self._mixer.say(key, sound, interruptible=effect.interruptible)

    def _count(self, count: Count) -> None:
        for beat in count.beats:
            key = f"beat {len(self._beats) + 1}"
            self._beats[key] = (beat, count)
            clip = (
                earcon("tick", self._mixer.rate)
                if self._tones_only
                else self._repertoire.word(beat.prompt.text(self._unit))
            )
            self._mixer.schedule(key, clip, self.sample_at(beat.at_ms))

    def _noted(self, event: MixerEvent) -> list[SpeechEnded]:
        match event:
            case ClipStarted(key=key, due=due, at=at) if key in self._beats:
                beat, count = self._beats[key]
                self.sounded.append(Sounded(beat, count.exercise, count.number, due, at))
                self._begun(key, beat.prompt.text(self._unit), at)
            case ClipEnded(key=key, at=at):
                self._over(key, at)
            case ClipBegun(key=key, at=at):
                said = self.said[_utterance(key)]
                said.at_sample = at if said.at_sample is None else said.at_sample
                self._begun(key, self._sentences.get(key, ""), at)
            case ClipSpoken(key=key, at=at, interrupted=interrupted):
                said = self.said[_utterance(key)]
                said.ended.add(key)
                self._over(key, at)
                said.interrupted |= interrupted
                said.at_sample = at if said.at_sample is None else said.at_sample
                if len(said.ended) == said.pieces:
                    at_ms = self._offset_ms + -(-at * 1000 // self._mixer.rate)
                    return [SpeechEnded(at_ms, _utterance(key), said.interrupted)]
            case _:
                pass
        return []

    def _begun(self, key: str, text: str, at: int) -> None:
        self._sounding.append((key, Sounding(frozenset(typed_words(text)), at)))

    def _over(self, key: str, at: int) -> None:
        for begun, sounding in self._sounding:
            if begun == key:
                sounding.to_sample = at


def _tone(prompts: tuple[Prompt, ...]) -> str:
    """Return the earcon that stands for sentences: that they failed, ask, or tell."""
    said = [prompt.say for prompt in prompts]
    if any(say in NOT_UNDERSTOOD for say in said):
        return "error"
    asks = said and (said[-1].value.endswith("?") or said[-1] in ASKING or Say.ANNOUNCE in said)
    return "question" if asks else "said"


def _utterance(key: str) -> int:
    return int(key.partition(".")[0])


def then_silence(clip: Clip, ms: int) -> Clip:
    """Return `clip` with a pause after it."""
    silence = np.zeros(clip.rate * ms // 1000, np.int16)
    return Clip(np.concatenate([clip.pcm, silence]), clip.rate)
