"""The voice of the operating system, through pyttsx3 in a child process."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.audio.clips import resampled, spoken
from voicecoach.audio.manner import Manner
from voicecoach.audio.ports import Clip
from voicecoach.audio.wavfile import read_clip
from voicecoach.errors import SoundFileError, VoiceError

DEFAULT_VOICE = None if sys.platform in {"darwin", "win32"} else "en-us"
"""espeak's default is British and speaks through the nose; elsewhere the user has chosen."""

SLOWEST, FASTEST = 80, 450  # words a minute; what espeak can do

START_TIMEOUT_S = 20.0
PHRASE_TIMEOUT_S = 2.0  # a phrase takes a hundredth of this

RENDERER = ("-P", "-m", "voicecoach.audio.voices.render")  # -P: no module from the working folder


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledVoice:
    """A voice that the operating system offers."""

    id: str
    name: str
    languages: tuple[str, ...]


class Pyttsx3Voice:
    """The system's voice: espeak-ng on Linux, NSSpeechSynthesizer on macOS, SAPI 5 on Windows.

    `voice` is an id, a name, a part of a name or a language such as "en-gb";
    None is the system's own choice. Clips come trimmed and at the loudness of
    speech. Every batch is one short-lived child process, killed when it takes
    longer than a batch of its size ever does.

    Few systems let a voice be moved in pitch, so that is done by playing it
    faster or slower than it was spoken.
    """

    def __init__(
        self,
        voice: str | None = DEFAULT_VOICE,
        *,
        manner: Manner | None = None,
        start_timeout_s: float = START_TIMEOUT_S,
    ) -> None:
        self._manner = manner or Manner()
        if not SLOWEST <= self._manner.words_a_minute <= FASTEST:
            msg = f"{self._manner.words_a_minute} words a minute cannot be spoken"
            raise VoiceError(msg, remedy=f"give {SLOWEST} to {FASTEST}")
        pace = self._manner.pace / self._manner.pitch  # what moving the pitch will change
        self._words_a_minute = round(min(max(pace, SLOWEST), FASTEST))
        self._voice = voice
        self._start_timeout_s = start_timeout_s

    @property
    def name(self) -> str:
        """Engine, voice and manner: `pyttsx3/en-us/165/+0/calm`."""
        return f"pyttsx3/{self._voice or 'default'}/{self._manner.key}"

    def render(self, text: str) -> Clip:
        """Return `text` spoken. Raises VoiceError."""
        return self.render_all((text,))[0]

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        """Return each of `texts` spoken, in order, from one child process. Raises VoiceError."""
        lines = [" ".join(text.split()) for text in texts]
        if not all(lines):
            msg = "there is nothing to say"
            raise VoiceError(msg, remedy="give a text of one word or more")
        if not lines:
            return ()
        with tempfile.TemporaryDirectory(
            prefix="voicecoach-", ignore_cleanup_errors=True
        ) as folder:
            request = {
                "voice": self._voice,
                "words_a_minute": self._words_a_minute,
                "texts": lines,
                "folder": folder,
            }
            timeout_s = self._start_timeout_s + PHRASE_TIMEOUT_S * len(lines)
            answer = _ask(request, timeout_s)
            return tuple(
                self._read(Path(file), line)
                for file, line in zip(answer["files"], lines, strict=True)
            )

    def _read(self, path: Path, text: str) -> Clip:
        """Return what the engine wrote for `text`. Raises VoiceError where that is nothing."""
        try:
            written = read_clip(path)
        except SoundFileError as error:
            msg = f"the system's voice wrote no sound for {text!r}: {error.problem}"
            raise VoiceError(msg, remedy="try another voice: voicecoach voices") from error
        moved = Clip(written.pcm, round(written.rate * self._manner.pitch))
        clip = spoken(resampled(moved, written.rate))
        if not len(clip.pcm):
            msg = f"the system's voice is silent on {text!r}"
            raise VoiceError(msg, remedy="give a text that can be spoken")
        return clip


def installed_voices(*, start_timeout_s: float = START_TIMEOUT_S) -> tuple[InstalledVoice, ...]:
    """Return the voices the system offers, in its own order. Raises VoiceError."""
    answer = _ask({}, start_timeout_s)
    return tuple(
        InstalledVoice(id=voice["id"], name=voice["name"], languages=tuple(voice["languages"]))
        for voice in answer["voices"]
    )


def _ask(request: dict[str, Any], timeout_s: float) -> dict[str, Any]:
    try:
        child = subprocess.run(
            (sys.executable, *RENDERER),
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            timeout=timeout_s,
            check=False,
            start_new_session=True,  # Ctrl-C is the session's business, not the voice's
        )
    except subprocess.TimeoutExpired as error:
        msg = f"the system's voice gave no answer within {timeout_s:g} s"
        raise VoiceError(msg, remedy="try another voice: voicecoach voices") from error
    if child.returncode:
        complaint = child.stderr.decode(errors="replace").strip().splitlines()
        detail = complaint[-1] if complaint else f"exit code {child.returncode}"
        msg = f"the system's voice broke off: {detail}"
        raise VoiceError(msg, remedy="try another voice: voicecoach voices")
    answer: dict[str, Any] = json.loads(child.stdout)
    fault = answer.get("fault")
    if fault == "engine":
        msg = f"the system's voice cannot be started: {answer['detail']}"
        raise VoiceError(msg, remedy=_installation())
    if fault == "voice":
        some = ", ".join(_some(answer["voices"]))
        msg = f"there is no voice called {answer['detail']!r}"
        raise VoiceError(msg, remedy=f"take one of {some}; voicecoach voices lists all")
    if fault is not None:
        msg = f"the system's voice refuses a setting: {answer['detail']}"
        raise VoiceError(msg, remedy="try another voice: voicecoach voices")
    return answer


def _installation() -> str:
    if sys.platform in {"darwin", "win32"}:
        return "reinstall pyttsx3: pip install --force-reinstall pyttsx3"
    return "install espeak-ng: sudo apt-get install espeak-ng, or your system's like"


def _some(voices: list[dict[str, Any]]) -> list[str]:
    """Return up to six names to choose from, English ones first, short as they may be given."""
    english_first = sorted(
        voices,
        key=lambda voice: (
            not any(tag.lower().startswith("en") for tag in voice["languages"]),
            len(voice["id"]),
        ),
    )
    return [voice["id"].rpartition("/")[2] for voice in english_first[:6]]
