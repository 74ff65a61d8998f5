"""How soon the ears have a command: the wait for its end, and the inference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.clips import resampled
from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Clip, Recogniser, Voice
from voicecoach.language.decide import Accepted
from voicecoach.runtime.bench.account import peak_mb, spread
from voicecoach.runtime.bench.corpus import scene
from voicecoach.runtime.bench.hearing import BLOCK
from voicecoach.runtime.bench.moments import Legal, moment_of
from voicecoach.runtime.hearing import Hearing

SCHEMA = "voicecoach.latency/1"

TEXTS = (
    "ready", "done", "stop", "pause", "eight", "twelve", "thirteen", "sixty two point five",
    "eight reps at sixty kilos", "no seven", "undo", "how long left", "skip rest", "yes",
)  # fmt: skip
"""What a lifter says most; each in the state it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One command: from the end of its speech to the reaction, and what of that was inference."""

    recogniser: str
    text: str
    understood: bool
    latency_ms: float | None  # None where nothing was heard
    decode_ms: float | None


def reactions(recogniser: Recogniser, voice: Voice, times: int) -> Iterator[Reaction]:
    """Yield the reaction to each of TEXTS, `times` over, said by `voice` in a quiet room.

    Everything is heard once before: what is compiled for a grammar is compiled
    while the coach speaks.
    """
    clips = voice.render_all(TEXTS)
    for take in range(times + 1):
        for text, clip in zip(TEXTS, clips, strict=True):
            reaction = _reaction(recogniser, text, clip, take)
            if take:
                yield reaction


def _reaction(recogniser: Recogniser, text: str, clip: Clip, take: int) -> Reaction:
    moment = moment_of(text, Legal.AUTO)
    assert moment is not None  # noqa: S101  # all of TEXTS are said to the coach
    room = scene(resampled(clip, HEARING_RATE).pcm / 32768, None, None, take)
    hearing = Hearing(Ears(recogniser, SileroActivity()))
    hearing.listen(moment.vocabulary)
    for at in range(0, len(room.pcm), BLOCK):
        hearing.feed(room.pcm[at : at + BLOCK])
    first = next(iter(hearing.heard), None)
    end_ms = room.end_sample * 1000 / HEARING_RATE
    return Reaction(
        recogniser=recogniser.name,
        text=text,
        understood=first is not None
        and isinstance(first.decision, Accepted)
        and first.decision.intent == moment.intent,
        latency_ms=None if first is None else first.speech_end_ms + first.latency_ms - end_ms,
        decode_ms=None if first is None else first.decode_ms,
    )


def account(found: Sequence[Reaction], voice: str) -> dict[str, Any]:
    """Return reactions as JSON, schema `voicecoach.latency/1`."""
    latencies = [one.latency_ms for one in found if one.latency_ms is not None]
    decodes = [one.decode_ms for one in found if one.decode_ms is not None]
    return {
        "schema": SCHEMA,
        "voice": voice,
        "rows": [
            {
                "recogniser": one.recogniser,
                "text": one.text,
                "understood": one.understood,
                "latency_ms": one.latency_ms and round(one.latency_ms, 1),
                "decode_ms": one.decode_ms and round(one.decode_ms, 1),
            }
            for one in found
        ],
        "latency_ms": spread(latencies),
        "decode_ms": spread(decodes),
        "peak_mb": peak_mb(),
    }
