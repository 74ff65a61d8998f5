"""The engines of a session: its voice, with a cache, and its recogniser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.audio.manner import Manner
from voicecoach.audio.ports import Recogniser, Voice
from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.audio.voices.cache import CachedVoice, ClipCache
from voicecoach.audio.voices.choice import choose_voice
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
from voicecoach.runtime import config
from voicecoach.runtime.config import Settings
from voicecoach.runtime.mouth import Delivery
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.audio.recognisers.own_voice import OwnVoice

MOST_SPEECH_BYTES = 200_000_000
"""What rendered speech may take on disk: some thousand sentences."""


def coach_voice(paths: Paths, settings: Settings | None = None) -> Callable[[int], Voice]:
    """Return what gives the coach's voice at a rate in words a minute, cached on disk.

    Raises VoiceError where the natural voice is asked for by name and not installed.
    """
    cache = _cache(paths)
    name = settings[config.VOICE] if settings else None
    manner = Manner()
    if settings:
        manner = Manner(semitones=settings[config.PITCH], style=settings[config.STYLE])

    def voice_at(words_a_minute: int) -> Voice:
        return CachedVoice(
            choose_voice(name, replace(manner, words_a_minute=words_a_minute)), cache
        )

    return voice_at


def athlete_voice(paths: Paths, voice: str) -> Voice:
    """Return the voice of a rehearsal's athlete, one of the system's, cached on disk."""
    return CachedVoice(Pyttsx3Voice(voice), _cache(paths))


def _cache(paths: Paths) -> ClipCache:
    cache = ClipCache(paths.cache / "speech")
    cache.prune(MOST_SPEECH_BYTES)
    return cache


def delivery(settings: Settings) -> Delivery:
    """Return how the coach begins to speak."""
    return Delivery(
        words_a_minute=settings[config.RATE],
        volume_db=settings[config.VOLUME],
        tones_only=settings[config.QUIET],
    )


def recogniser(
    paths: Paths, name: str | None = None, own_voice: OwnVoice | None = None
) -> Recogniser:
    """Return the recogniser called `name`, or the best there is, that listens to `own_voice`.

    Raises RecogniserError.
    """
    return choose_recogniser(paths.model_dirs, name, own_voice)
