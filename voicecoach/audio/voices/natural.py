"""A neural voice from a wheel, hibari, in a child process.

Words and their sounds take it a hundred megabytes of memory, which a session
whose sentences are all in the cache need not have; so the engine is a process
of its own, started when there is something to render, and it ends by itself
soon after the last of it.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

import numpy as np

from voicecoach.audio.clips import spoken
from voicecoach.audio.manner import Manner
from voicecoach.audio.ports import Clip
from voicecoach.audio.voices.pyttsx3 import InstalledVoice
from voicecoach.errors import VoiceError

DEFAULT_VOICE = "heart"

START_TIMEOUT_S = 30.0
PHRASE_TIMEOUT_S = 10.0  # a phrase takes a hundredth of this
END_TIMEOUT_S = 2.0

RENDERER = ("-P", "-m", "voicecoach.audio.voices.natural_render")  # -P: nothing from this folder

REMEDY = "pip install voicecoach[natural], or take --voice system"


def installed() -> bool:
    """Return whether the engine can be had; it is not loaded."""
    return importlib.util.find_spec("hibari") is not None


def known_voices() -> dict[str, dict[str, Any]]:
    """Return the engine's voices by name, with what it says of each; none without the engine."""
    spec = importlib.util.find_spec("hibari")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        listed: dict[str, dict[str, Any]] = json.loads(
            (Path(place) / "assets" / "voices.json").read_text(encoding="utf-8")
        )
        return listed
    return {}


def voices_here() -> tuple[InstalledVoice, ...]:
    """Return the natural voices that can speak without a download."""
    if not installed():
        return ()
    from hibari.voices import voice_path  # noqa: PLC0415  # slow

    found = []
    for name, about in known_voices().items():
        with suppress(OSError, ValueError):
            voice_path(name, download_missing=False)
            tag = "en-gb" if about["british"] else "en-us"
            accent, gender = about["accent"], about["gender"]
            title = f"{name.capitalize()} (natural, {accent}, {gender})"
            found.append(InstalledVoice(id=name, name=title, languages=(tag,)))
    return tuple(found)


class _EngineError(VoiceError):
    """The engine cannot speak at all, whatever it is given."""


class NaturalEngine:
    """One voice of the engine, ready when it is first wanted; threads may share it."""

    def __init__(self, voice: str = DEFAULT_VOICE) -> None:
        self.voice = voice
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._broken: str = ""  # why it cannot speak, so that it is not tried again and again

    def say(self, text: str, manner: Manner) -> Clip:
        """Return `text` as the engine speaks it, untrimmed. Raises VoiceError."""
        request = {
            "voice": self.voice,
            "text": text,
            "words_a_minute": manner.pace,
            "pitch": manner.pitch,
            "spread": manner.spread,
        }
        line = json.dumps(request).encode("ascii") + b"\n"
        # A sentence at a time, so that what is wanted at once need not wait for a batch.
        with self._lock:
            if not self._broken:
                for _ in ("it may have ended meanwhile", "then a new one"):
                    try:
                        return self._ask(line)
                    except (OSError, EOFError):
                        pass
                    except _EngineError as error:
                        self._broken = error.problem
                        raise
                self._broken = "the natural voice broke off"
        raise VoiceError(self._broken, remedy=REMEDY)

    def close(self) -> None:
        """Let go of the process; it is started again when there is more to say."""
        with self._lock:
            self._end()

    def _ask(self, line: bytes) -> Clip:
        """Ask the process. Raises OSError or EOFError where it is gone."""
        timeout_s = PHRASE_TIMEOUT_S
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = _started()
            timeout_s += START_TIMEOUT_S
        child = self._child
        assert child.stdin is not None  # noqa: S101  # both are pipes
        assert child.stdout is not None  # noqa: S101
        watch = threading.Timer(timeout_s, child.kill)
        watch.daemon = True
        watch.start()
        try:
            child.stdin.write(line)
            child.stdin.flush()
            return _answer(child.stdout)
        except (OSError, EOFError):
            self._end()
            raise
        finally:
            watch.cancel()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            child.wait(END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class NaturalVoice:
    """A voice of `engine`, in the manner asked for; clips come trimmed, at one loudness."""

    def __init__(self, engine: NaturalEngine, manner: Manner | None = None) -> None:
        self._engine = engine
        self._manner = manner or Manner()

    @property
    def name(self) -> str:
        """Engine, voice and manner: `hibari-0.2.1/heart/165/+0/calm`."""
        return f"hibari-{_version()}/{self._engine.voice}/{self._manner.key}"

    def render(self, text: str) -> Clip:
        """Return `text` spoken. Raises VoiceError."""
        line = " ".join(text.split())
        if not line:
            msg = "there is nothing to say"
            raise VoiceError(msg, remedy="give a text of one word or more")
        clip = spoken(self._engine.say(line, self._manner))
        if not len(clip.pcm):
            msg = f"the natural voice is silent on {text!r}"
            raise VoiceError(msg, remedy="give a text that can be spoken")
        return clip

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        """Return each of `texts` spoken, in order. Raises VoiceError."""
        return tuple(self.render(text) for text in texts)


@cache
def engine_of(voice: str) -> NaturalEngine:
    """Return the one engine of this process for `voice`. Raises VoiceError without the package."""
    if not installed():
        msg = "the natural voice is not installed"
        raise VoiceError(msg, remedy=REMEDY)
    engine = NaturalEngine(voice)
    atexit.register(engine.close)
    return engine


@cache
def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  # slow, and most have no such voice

    return version("hibari-tts")


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (sys.executable, *RENDERER),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is the session's business, not the voice's
    )


def _answer(stream: IO[bytes]) -> Clip:
    """Read an answer. Raises EOFError where it breaks off, and VoiceError for a refusal."""
    head = stream.readline()
    if not head:
        raise EOFError
    answer = json.loads(head)
    if "fault" in answer:
        raise _fault(answer)
    body = stream.read(2 * answer["samples"])
    if len(body) < 2 * answer["samples"]:
        raise EOFError
    return Clip(np.frombuffer(body, "<i2").astype(np.int16), answer["rate"])


def _fault(answer: dict[str, str]) -> VoiceError:
    match answer["fault"]:
        case "voice":
            msg = f"the natural voice {answer['detail']!r} is not on this computer"
            return _EngineError(msg, remedy=f"take {DEFAULT_VOICE}, which comes with the engine")
        case "text":
            msg = f"the natural voice cannot say {answer['detail']!r}"
            return VoiceError(msg, remedy="give a text of English words")
        case _:
            msg = f"the natural voice cannot be started: {answer['detail']}"
            return _EngineError(msg, remedy=REMEDY)
