"""Which voice speaks: the natural one where it is installed, else the system's."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.audio.manner import Manner
from voicecoach.audio.ports import Clip, Voice
from voicecoach.audio.voices import natural
from voicecoach.audio.voices.pyttsx3 import DEFAULT_VOICE, Pyttsx3Voice
from voicecoach.errors import VoiceError

NATURAL, SYSTEM = "natural", "system"
"""What either is called, whatever its voices are."""


def choose_voice(name: str | None, manner: Manner) -> Voice:
    """Return the voice called `name`, or without a name the best there is.

    `natural` and `system` name an engine's own choice; any other name is one
    of the natural voices, or else of the system's. Where the best there is
    fails, the system's voice says it: a coach is not to fall silent.
    Raises VoiceError for a natural voice where none is installed.
    """
    wanted = (name or "").strip()
    system = Pyttsx3Voice(_system_name(wanted), manner=manner)
    if not wanted and natural.installed():
        return FallbackVoice(_natural(natural.DEFAULT_VOICE, manner), system)
    if wanted == NATURAL:
        return _natural(natural.DEFAULT_VOICE, manner)
    if wanted in natural.known_voices():
        return _natural(wanted, manner)
    return system


def _natural(voice: str, manner: Manner) -> Voice:
    return natural.NaturalVoice(natural.engine_of(voice), manner)


def _system_name(wanted: str) -> str | None:
    return DEFAULT_VOICE if wanted in {"", SYSTEM, NATURAL} else wanted


class FallbackVoice:
    """A voice in whose place another speaks what it cannot."""

    def __init__(self, voice: Voice, other: Voice) -> None:
        self._voice = voice
        self._other = other

    @property
    def name(self) -> str:
        """The name of the first."""
        return self._voice.name

    def render(self, text: str) -> Clip:
        """Return `text` spoken. Raises VoiceError where neither can."""
        try:
            return self._voice.render(text)
        except VoiceError:
            return self._other.render(text)

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        """Return each of `texts` spoken, in order. Raises VoiceError."""
        return tuple(self.render(text) for text in texts)
