"""The engines of a session: its voice, with a cache, and its recogniser."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.audio.pace import WORDS_A_MINUTE
from voicecoach.audio.ports import Recogniser, Voice
from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.audio.voices.cache import CachedVoice, ClipCache
from voicecoach.audio.voices.pyttsx3 import DEFAULT_VOICE, Pyttsx3Voice
from voicecoach.runtime import config
from voicecoach.runtime.config import Settings
from voicecoach.runtime.mouth import Delivery
from voicecoach.runtime.paths import Paths

MOST_SPEECH_BYTES = 200_000_000
"""What rendered speech may take on disk: some thousand sentences."""


def coach_voice(paths: Paths, voice: str | None = None) -> Callable[[int], Voice]:
    """Return what gives the coach's voice at a rate in words a minute, cached on disk."""
    cache = ClipCache(paths.cache / "speech")
    cache.prune(MOST_SPEECH_BYTES)
    wanted = voice or DEFAULT_VOICE
    return lambda rate: CachedVoice(Pyttsx3Voice(wanted, words_a_minute=rate), cache)


def athlete_voice(paths: Paths, voice: str) -> Voice:
    """Return the voice of a rehearsal's athlete, cached on disk."""
    return coach_voice(paths, voice)(WORDS_A_MINUTE)


def delivery(settings: Settings) -> Delivery:
    """Return how the coach begins to speak."""
    return Delivery(words_a_minute=settings[config.RATE], volume_db=settings[config.VOLUME])


def recogniser(paths: Paths, name: str | None = None) -> Recogniser:
    """Return the recogniser called `name`, or the best there is. Raises RecogniserError."""
    return choose_recogniser(paths.model_dirs, name)
