"""What the coach can say without delay: phrases in memory at the speaker's rate."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.audio.clips import resampled, word
from voicecoach.audio.ports import Clip, Voice


class Repertoire:
    """Phrases and the numbers of counts, rendered once and resampled once.

    `brisk` is the voice of the counts; the same where none is given.

    It may be prepared in one thread while another takes clips from it; a
    phrase that both want at once is rendered twice and is the same.
    """

    def __init__(self, voice: Voice, rate: int, *, brisk: Voice | None = None) -> None:
        self._voice = voice
        self._brisk = brisk or voice
        self._rate = rate
        self._phrases: dict[str, Clip] = {}
        self._words: dict[str, Clip] = {}

    @property
    def rate(self) -> int:
        """Samples a second of every clip it gives."""
        return self._rate

    def prepare(self, texts: Iterable[str]) -> None:
        """Render those of `texts` that are not at hand, in one batch. Raises VoiceError."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._phrases]
        for text, clip in zip(missing, self._voice.render_all(missing), strict=True):
            self._phrases[text] = resampled(clip, self._rate)

    def prepare_words(self, texts: Iterable[str]) -> None:
        """Render those of `texts` that are not at hand, as counts. Raises VoiceError."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._words]
        for text, clip in zip(missing, self._brisk.render_all(missing), strict=True):
            self._words[text] = word(resampled(clip, self._rate))

    def phrase(self, text: str) -> Clip:
        """Return `text` spoken; it is rendered now where it was not prepared. Raises VoiceError."""
        if text not in self._phrases:
            self.prepare((text,))
        return self._phrases[text]

    def word(self, text: str) -> Clip:
        """Return `text` as a number of a count: its sound starts on the first sample."""
        if text not in self._words:
            self.prepare_words((text,))
        return self._words[text]
