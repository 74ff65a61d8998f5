"""The child process that runs hibari: `python -m voicecoach.audio.voices.natural_render`.

It reads requests, one JSON object a line, from its standard input, and answers
each on its standard output: one line of JSON, and then as many 16-bit
little-endian samples as the line says.

    {"voice": "heart", "text": "Ready.", "words_a_minute": 165, "pitch": 1.0, "spread": 1.0}
    {"rate": 24000, "samples": 12000}
    {"fault": "engine" | "voice" | "text", "detail": ...}

It ends when its input does, or when nothing was asked of it for a while.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any, BinaryIO

import numpy as np

from voicecoach.audio.ports import Pcm

IDLE_S = 20.0

WORDS_A_MINUTE = 190.0
"""What the engine speaks at its own pace, as espeak counts words."""

SLOWEST, FASTEST = 0.5, 2.0  # of its own pace

SEED = 1
"""Of the breath in its sound: the same text always sounds the same."""

VOICED_HERTZ = 40.0  # below it the engine's pitch curve says that there is no voice


def main() -> None:
    """Answer the requests on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it comes all the same
    # What a library prints must not get among the answers.
    reply = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    engine: Any = None
    idle = _end_later()
    for line in sys.stdin.buffer:
        idle.cancel()
        request = json.loads(line)
        try:
            engine = engine or _load(request["voice"])
            _send(reply, _spoken(engine, request), engine.sample_rate)
        except FileNotFoundError:
            _refuse(reply, "voice", request["voice"])
        except ValueError:
            _refuse(reply, "text", request["text"])
        except (ImportError, OSError, RuntimeError) as error:
            _refuse(reply, "engine", str(error))
        idle = _end_later()


def _end_later() -> threading.Timer:
    timer = threading.Timer(IDLE_S, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer


def _load(voice: str) -> Any:
    """Return the engine; never let it download. Raises FileNotFoundError for a voice not there."""
    from hibari import Hibari  # noqa: PLC0415 - its failure is an answer of this program
    from hibari.voices import VOICES, voice_path  # noqa: PLC0415

    if voice not in VOICES:
        raise FileNotFoundError(voice)
    voice_path(voice, download_missing=False)
    return Hibari(voice=voice)


def _spoken(engine: Any, request: dict[str, Any]) -> Pcm:
    """Return the samples of a request. Raises ValueError for a text without a sound."""
    from hibari import dsp  # noqa: PLC0415 - loaded with the engine

    text = request["text"]
    if text[-1] not in ".!?,;:":
        text += "."  # else the last word hangs in the air
    speed = min(max(request["words_a_minute"] / WORDS_A_MINUTE, SLOWEST), FASTEST)
    chance = np.random.default_rng(SEED)
    waves = []
    for phonemes in engine.phonemize(text):
        ids = np.asarray([engine.ids(phonemes)], np.int64)
        feed = {"ids": ids, "speed": np.asarray([speed], np.float32)}
        *parts, pitch = (part[0] for part in engine.sess.run(None, feed))
        waves.append(dsp.synth(*parts, _moved(pitch, request["pitch"], request["spread"]), chance))
    if not waves:
        raise ValueError(text)
    pcm: Pcm = np.rint(np.clip(np.concatenate(waves), -1, 1) * 32767).astype(np.int16)
    return pcm


def _moved(hertz: Any, by: float, spread: float) -> Any:
    """Return a pitch curve moved, and spread about its middle, as the ear hears: by ratios."""
    voiced = hertz > VOICED_HERTZ
    if not voiced.any():
        return hertz
    middle = float(np.median(hertz[voiced]))
    moved = middle * by * (hertz / middle) ** spread
    return np.where(voiced, np.maximum(moved, VOICED_HERTZ + 1), hertz).astype(np.float32)


def _send(reply: BinaryIO, pcm: Pcm, rate: int) -> None:
    head = json.dumps({"rate": rate, "samples": len(pcm)})
    reply.write(head.encode("ascii") + b"\n" + pcm.astype("<i2").tobytes())
    reply.flush()


def _refuse(reply: BinaryIO, fault: str, detail: str) -> None:
    reply.write(json.dumps({"fault": fault, "detail": detail}).encode("ascii") + b"\n")
    reply.flush()


if __name__ == "__main__":
    main()
