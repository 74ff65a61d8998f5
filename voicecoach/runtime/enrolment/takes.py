"""What was said to be learnt from: words that are known, with their sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.ears import Ears
from voicecoach.audio.endpointing import Endpointing
from voicecoach.audio.ports import HEARING_RATE, Pcm, Recogniser
from voicecoach.audio.utterance import Utterance
from voicecoach.errors import CalibrationError
from voicecoach.runtime.bench.corpus import Recording, active_level, read_corpus, scene, sound
from voicecoach.runtime.bench.hearing import BLOCK
from voicecoach.runtime.bench.moments import Legal, Moment, moment_of

MOST_TAKES = 60
"""More than so many are no better, and take their time."""

FEWEST_TAKES = 12

NOISE_DB = 10.0
"""Each take is heard once more in noise so much softer than it: nobody trains in a quiet room."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Take:
    """Somebody said `text`, which means `moment.intent` there; `pcm` is the utterance at 16 kHz."""

    text: str
    moment: Moment
    pcm: Pcm

    @property
    def words(self) -> tuple[str, ...]:
        """What was said, word by word."""
        return tuple(self.text.split())


PATIENT = Endpointing(whole_ms=352, mendable_ms=352, clear_ms=352, end_ms=352, joins_ms=0)
"""Nothing is waited for here, so that what is said is heard to its end, and in one piece."""


def patient_ears(recogniser: Recogniser) -> Ears:
    """Return ears that let everybody finish."""
    return Ears(recogniser, SileroActivity(), endpointing=PATIENT)


def moment_for(text: str) -> Moment:
    """Return the moment at which `text` is said. Raises CalibrationError for what means nothing."""
    moment = _moment(text)
    if moment is None:
        msg = f"{text!r} says nothing to the coach"
        raise CalibrationError(msg, remedy="give recordings of what can be said to it")
    return moment


def _moment(text: str) -> Moment | None:
    """Return the moment at which `text` is said; None where no lifter says it."""
    moment = moment_of(text, Legal.AUTO)
    return None if moment is None or moment.intent is None or moment.unit else moment


def recorded_takes(folder: Path, recogniser: Recogniser, voice: str = "") -> tuple[Take, ...]:
    """Return the takes of a corpus, of `voice` or the only one in it: of every text some.

    What is heard as two utterances, or none, is left out.

    Raises:
        CorpusError: the corpus cannot be read.
        CalibrationError: there are several voices, or too few takes of one.
    """
    corpus = read_corpus(folder)
    voices = sorted({one.voice for one in corpus.commands})
    if voice not in voices and (voice or len(voices) != 1):
        msg = f"nobody is called {voice}" if voice else f"{len(voices)} voices speak here"
        remedy = f"name one of {', '.join(voices)}: --whose NAME" if voices else "record some"
        raise CalibrationError(msg, place=str(folder), remedy=remedy)
    chosen = [one for one in corpus.commands if not voice or one.voice == voice]
    takes = [take for one in _spread(chosen) for take in _heard(folder, one, recogniser)]
    if len(takes) < FEWEST_TAKES:
        msg = f"there are {len(takes)} utterances to learn from"
        remedy = f"record {FEWEST_TAKES} or more, each with its text"
        raise CalibrationError(msg, place=str(folder), remedy=remedy)
    return tuple(takes)


def _spread(recordings: list[Recording]) -> list[Recording]:
    """Return at most MOST_TAKES of the recordings: always the same, of each text about as many."""
    by_text: dict[str, list[Recording]] = defaultdict(list)
    for one in sorted(recordings, key=lambda one: (one.number, one.path)):
        by_text[one.text].append(one)
    rounds = max(map(len, by_text.values()), default=0)
    ordered = [ones[at] for at in range(rounds) for ones in by_text.values() if at < len(ones)]
    return ordered[:MOST_TAKES]


def _heard(folder: Path, recording: Recording, recogniser: Recogniser) -> Iterator[Take]:
    """Yield a recording as a take, where it is one utterance to the ears."""
    moment = _moment(recording.text)
    if moment is None:
        return
    room = scene(sound(folder / recording.path), None, None, recording.number)
    ears = patient_ears(recogniser)
    ears.listen(moment.vocabulary.grammar)
    utterances: list[Utterance] = []
    for at in range(0, len(room.pcm), BLOCK):
        utterances += ears.feed(room.pcm[at : at + BLOCK])
    if len(utterances) == 1:
        yield Take(text=recording.text, moment=moment, pcm=utterances[0].pcm)


def in_noise(pcm: Pcm, number: int) -> Pcm:
    """Return `pcm` in noise of its own making, NOISE_DB under its speech: always the same.

    Its power falls with its frequency, as that of fans, treadmills and far voices does.
    """
    rng = np.random.default_rng(number)
    spectrum = np.fft.rfft(rng.standard_normal(len(pcm)))
    hertz = np.fft.rfftfreq(len(pcm), 1 / HEARING_RATE)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 50.0)), len(pcm))
    speech = pcm.astype(np.float64)
    level = active_level(speech) / 10 ** (NOISE_DB / 20) / max(float(noise.std()), 1e-12)
    total = speech + noise * level
    total *= min(1.0, 32767 / max(1.0, float(np.abs(total).max())))
    return np.rint(total).astype(np.int16)
