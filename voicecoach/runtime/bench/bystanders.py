"""The sound of others: talk that is not for the coach, music, and the noise of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np
import numpy.typing as npt

from voicecoach.audio.clips import as_pcm
from voicecoach.audio.ports import HEARING_RATE, Clip, Pcm, Voice
from voicecoach.runtime.athlete import SPEECH_DBFS, at_speech_level

Floats = npt.NDArray[np.float64]

TALK, OVER_MUSIC, MUSIC, NOISE = "talk", "talk over music", "music", "noise"

UNDER_DB = 10.0
"""How far music and noise lie under the lifter's speech."""

FURTHEST_DB = 12.0
"""How much softer than the lifter the softest of the others is; the loudest is as loud."""

QUIET_DBFS = -75.0
"""A quiet room, under everything."""

SHORTEST_GAP_S, LONGEST_GAP_S = 0.2, 3.0
"""From one sentence to the next."""

WHO = ("Martin", "my sister", "the new guy", "your trainer", "Aisha", "his brother", "everybody")
WHAT = ("the train", "that film", "the game", "her new job", "the weather", "lunch", "the traffic")
WHEN = ("on Friday", "last night", "in the morning", "after work", "at half past six", "in June")
NUMBER = ("two", "three", "five", "eight", "twelve", "fifteen", "twenty five", "sixty", "a hundred")
SENTENCES = (
    "so {who} told me about {what} {when}",
    "did you see {what} {when}",
    "I think {who} paid {number} euros for it",
    "are you still using this bench",
    "{who} is not coming {when}",
    "can I get a spot from you",
    "he stopped training {when}, his shoulder was no good",
    "we were {number} people and nobody had a towel",
    "she said she is done with {what}",
    "let me get some water, wait for me",
    "how was {what}",
    "no way, {number} times in one week",
    "you should be ready {when}, I'll pick you up",
    "{who} squats more than {number} kilos, I saw it",
    "it was too hot for {what}",
    "I have to leave in {number} minutes",
    "what did {who} say about {what}",
    "my back is fine, it's the knee that is sore",
    "can you turn the music down a little",
    "yeah, I know, {who} always does that",
    "the next class begins {when}",
    "I did {number} sets of those and I could not walk {when}",
    "could you hand me the other ten please",
    "do you want to go for a coffee {when}",
)
"""What is said in a gym, and not to a coach. Command words and numbers stand within it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some sound of others: its kind, and its samples at 16 kHz."""

    kind: str
    pcm: Pcm


def sentences(number: int, rng: np.random.Generator) -> tuple[str, ...]:
    """Return so many sentences, each pattern as often as any other."""
    patterns = islice(cycle(rng.permutation(SENTENCES)), number)
    return tuple(
        pattern.format(
            who=rng.choice(WHO), what=rng.choice(WHAT), when=rng.choice(WHEN),
            number=rng.choice(NUMBER),
        )
        for pattern in patterns
    )  # fmt: skip


def spoken(voices: Sequence[Voice], each: int, rng: np.random.Generator) -> tuple[Clip, ...]:
    """Return `each` sentences in each of `voices`, shuffled. Raises VoiceError."""
    clips = [clip for voice in voices for clip in voice.render_all(sentences(each, rng))]
    return tuple(clips[at] for at in rng.permutation(len(clips)))


def talk(clips: Iterator[Clip], seconds: float, rng: np.random.Generator) -> Floats:
    """Return talk that goes on for `seconds`: one sentence after the other, near and further off.

    Samples are of full scale 1.
    """
    total = np.zeros(round(seconds * HEARING_RATE))
    at = _gap(rng)
    for clip in clips:
        said = at_speech_level(clip).pcm / 32768 * _gain(-rng.uniform(0, FURTHEST_DB))
        if at + len(said) > len(total):
            break
        total[at : at + len(said)] += said
        at += len(said) + _gap(rng)
    return total


def _gap(rng: np.random.Generator) -> int:
    return round(rng.uniform(SHORTEST_GAP_S, LONGEST_GAP_S) * HEARING_RATE)


def music(seconds: float, rng: np.random.Generator) -> Floats:
    """Return music made on the spot: drums, a bass, and chords that sing; 10 dB under speech."""
    total = np.zeros(round(seconds * HEARING_RATE))
    beat_s = 60 / rng.uniform(95, 150)
    root = 55 * 2 ** (rng.integers(0, 12) / 12)
    steps = rng.permutation([0, 3, 5, 7, 8, 10])
    for number in range(int(seconds / beat_s)):
        chord = root * 2 ** (steps[number // 4 % len(steps)] / 12)
        _add(total, number * beat_s, _drum(rng, low=number % 2 == 0))
        _add(total, (number + 0.5) * beat_s, _hat(rng))
        _add(total, number * beat_s, 0.5 * _tone(chord, beat_s, rng))
        if number % 4 == 0:
            for third in (4, 8 * 2 ** (4 / 12), 4 * 2 ** (7 / 12)):
                _add(total, number * beat_s, 0.25 * _sung(chord * third, 4 * beat_s, rng))
    return at_level(total, SPEECH_DBFS - UNDER_DB)


def clanks(seconds: float, rng: np.random.Generator) -> Floats:
    """Return weights that are put down, over the hum of a treadmill; 10 dB under speech."""
    total = np.zeros(round(seconds * HEARING_RATE))
    at_s = 0.0
    while at_s < seconds:
        lowest = rng.uniform(300, 1500)
        ringing = sum(
            _tone(lowest * ratio, 0.6, rng, decay_s=rng.uniform(0.03, 0.3)) / place
            for place, ratio in enumerate((1, 2.76, 5.4, 8.93), 1)
            if lowest * ratio < HEARING_RATE / 2
        )
        _add(total, at_s, rng.uniform(0.1, 1.0) * np.asarray(ringing))
        at_s += float(rng.exponential(1.2)) + 0.05
    steps = np.arange(len(total)) / HEARING_RATE
    hum = 0.02 * np.sin(2 * np.pi * 50 * steps) + 0.01 * rng.normal(0, 1, len(total))
    return at_level(total + hum, SPEECH_DBFS - UNDER_DB)


def at_level(sound: Floats, dbfs: float) -> Floats:
    """Return `sound`, full scale 1, with an RMS of `dbfs`; silence stays silent."""
    rms = float(np.sqrt((sound**2).mean()))
    return sound * (10 ** (dbfs / 20) / rms) if rms else sound


def in_a_room(kind: str, sound: Floats, rng: np.random.Generator) -> Piece:
    """Return `sound`, full scale 1, as a microphone has it in a quiet room."""
    heard = sound + rng.normal(0, 10 ** (QUIET_DBFS / 20), len(sound))
    return Piece(kind, as_pcm(heard))


def _gain(db: float) -> float:
    return float(10 ** (db / 20))


def _add(total: Floats, at_s: float, sound: Floats) -> None:
    at = round(at_s * HEARING_RATE)
    part = sound[: max(0, len(total) - at)]
    total[at : at + len(part)] += part


def _tone(
    hertz: float, seconds: float, rng: np.random.Generator, *, decay_s: float = 0.2
) -> Floats:
    steps = np.arange(round(seconds * HEARING_RATE)) / HEARING_RATE
    swing: Floats = np.sin(2 * np.pi * (hertz * steps + rng.uniform()))
    return swing * np.exp(-steps / decay_s)


def _sung(hertz: float, seconds: float, rng: np.random.Generator) -> Floats:
    """Return a note with the overtones of a vowel that wavers, as a voice or a synthesiser has."""
    steps = np.arange(round(seconds * HEARING_RATE)) / HEARING_RATE
    phase = hertz * steps + 0.02 * hertz / 5 * np.sin(2 * np.pi * 5 * steps) / (2 * np.pi)
    formants = rng.uniform((300, 900), (900, 2400))
    total = np.zeros(len(steps))
    for overtone in range(1, int(min(12, 7000 // hertz)) + 1):
        peak = sum(1 / (1 + ((overtone * hertz - one) / 200) ** 2) for one in formants)
        total += (0.1 + peak) / overtone * np.sin(2 * np.pi * overtone * phase)
    return total * np.minimum(1, np.minimum(steps, steps[::-1]) / 0.05)


def _drum(rng: np.random.Generator, *, low: bool) -> Floats:
    steps = np.arange(HEARING_RATE // 5) / HEARING_RATE
    if low:
        kick: Floats = np.sin(2 * np.pi * 50 * steps + 6 * np.exp(-steps / 0.03))
        return 1.5 * kick * np.exp(-steps / 0.08)
    return 0.8 * rng.normal(0, 1, len(steps)) * np.exp(-steps / 0.05)


def _hat(rng: np.random.Generator) -> Floats:
    hiss = rng.normal(0, 1, HEARING_RATE // 20)
    return 0.2 * np.diff(hiss, prepend=0.0) * np.exp(-np.arange(len(hiss)) / 150)
