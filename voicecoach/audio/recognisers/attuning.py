"""Fitting the phoneme network's ears to one voice: a shift of its frames, and other pronunciations.

Both are found from words that are known to have been said. The shift is one
number for each of a frame, held near to nothing; it is found by following
the slope of the words' probability down through the network (Adam: D. P.
Kingma and J. Ba, 2015). A pronunciation is looked for among those near to
one of the dictionary's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from voicecoach.audio.recognisers.ctc import Numbers, Reals, occupied, sounding
from voicecoach.audio.recognisers.own_voice import FRAME_NUMBERS, MOST_SHIFT
from voicecoach.audio.recognisers.phonemes import NUMBER, PHONEMES, WEIGHTS, Floats
from voicecoach.audio.recognisers.pronunciation import Phones
from voicecoach.language.likeness import edits_between

STEPS = 20
STEP = 0.05  # deviations of a frame's number, about
HELD = 0.05
"""What a shift costs: nats an utterance for the square of a deviation."""

PROBABLE = 0.1
"""A phoneme that is as probable in some frame may be one of those that were said."""

EDITS = 2
"""Phonemes in which a pronunciation may differ from the dictionary's."""

DEAR = 1.5
"""Nats that each of them costs."""

WORTH = 1.0
"""Nats that a pronunciation must gain for each time the word was said."""

OFTEN = 0.75
"""The share of those times in which it must gain anything."""

WIDTH = 3  # pronunciations from which a second difference is looked for

Words = tuple[str, ...]
Pronounced = Mapping[str, Sequence[Phones]]


@dataclass(frozen=True)
class Said:
    """Words that were said, and the encoder's frames of them, shape (n, 288)."""

    words: Words
    frames: Floats


class Attuner:
    """The phoneme network, to be fitted. `pronounced` tells how the words may be said."""

    def __init__(self, pronounced: Pronounced, file: Path = WEIGHTS) -> None:
        self._pronounced = pronounced
        with np.load(file) as weights:
            self._weights: dict[str, Reals] = {
                name: weights[name].astype(np.float64) for name in weights.files
            }

    @cached_property
    def _layers(self) -> tuple[tuple[Reals, Reals], ...]:
        """The convolutions: kernel and bias of each."""
        names = [f"layer{at}" for at in range(len(self._weights))]
        return tuple(
            (self._weights[name], self._weights[f"{name}_bias"])
            for name in names
            if name in self._weights
        )

    def read(self, frames: Floats, shift: Reals | None = None) -> Floats:
        """Return the log probability of each phoneme in each frame, the frames moved by `shift`."""
        return self._forward(frames, np.zeros(FRAME_NUMBERS) if shift is None else shift)[0]

    def shift(self, said: Sequence[Said], *, steps: int = STEPS) -> Reals:
        """Return the shift that makes the words that were `said` the likelier, shape (288,).

        Words that cannot be said in so few frames are passed over.
        """
        zero = np.zeros(FRAME_NUMBERS)
        taken = [(one.frames, self._as_said(one.words, self.read(one.frames))) for one in said]
        meant = [(frames, phones) for frames, phones in taken if len(phones) <= len(frames) // 2]
        shift, drift, spread = zero, zero, zero
        for step in range(1, steps + 1):
            slope = 2 * HELD * shift
            for frames, phones in meant:
                slope = slope + self.slope(frames, phones, shift) / len(meant)
            drift = 0.9 * drift + 0.1 * slope
            spread = 0.99 * spread + 0.01 * slope**2
            along = drift / (1 - 0.9**step)
            shift = shift - STEP * along / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
            shift = np.clip(shift, -MOST_SHIFT, MOST_SHIFT)
        return shift

    def pronunciation(self, word: str, heard: Sequence[Floats]) -> Phones | None:
        """Return how `word` is said in all of `heard`, where that is unlike what is known.

        `heard` is what the network reads of the word said alone. None where
        the dictionary's pronunciations do, or nothing near to them is better.
        """
        known = [_numbers(phones) for phones in self._pronounced.get(word, ())]
        if not known or not heard:
            return None
        usual = np.array([sounding(one, known).max() for one in heard])
        likely = np.exp(np.max([one.max(axis=0) for one in heard], axis=0))
        phones = [number for number in NUMBER.values() if likely[number] > PROBABLE]
        best: Numbers | None = None
        most, front = WORTH, known
        for edit in range(1, EDITS + 1):
            near = sorted({one for base in front for one in edited(base, phones)} - set(known))
            if not near:
                break
            gains = np.array([sounding(one, near) for one in heard]) - usual[:, None]
            worth = np.logaddexp(gains, 0).mean(axis=0) - DEAR * edit
            order = np.argsort(-worth, kind="stable")
            first = order[0]
            if worth[first] > most and (gains[:, first] > 0).mean() >= OFTEN:
                best, most = near[first], worth[first]
            front = [near[at] for at in order[:WIDTH]]
        return None if best is None else tuple(PHONEMES[number - 1] for number in best)

    def slope(self, frames: Floats, phones: Numbers, shift: Reals) -> Reals:
        """Return how much less likely `phones` become with each number of the shift."""
        likely, before = self._forward(frames, shift)
        _, share = occupied(likely, phones)
        back = (np.exp(likely) - share) @ self._weights["out"].T
        for (kernel, _), convolved in zip(self._layers[::-1], before[:0:-1], strict=True):
            active = back * (convolved > 0)
            wide = len(kernel)
            padded = np.zeros((len(back) + wide - 1, kernel.shape[1]))
            for at in range(wide):
                padded[at : at + len(back)] += active @ kernel[at].T
            back = back + padded[wide // 2 : wide // 2 + len(back)]
        slope: Reals = (back * (before[0] > 0)).sum(axis=0) @ self._weights["in"].T
        return slope

    def _as_said(self, words: Words, likely: Floats) -> Numbers:
        """Return the phonemes of `words`, of the ways to say them the likeliest here."""
        ways = [
            sum((_numbers(phones) for phones in way), ())
            for way in product(*(self._pronounced[word] for word in words))
        ]
        return ways[int(sounding(likely, ways).argmax())]

    def _forward(self, frames: Floats, shift: Reals) -> tuple[Floats, list[Reals]]:
        """Return what the network reads, and what each layer had before it was made positive."""
        weights = self._weights
        normal = (frames - weights["mean"]) / weights["deviation"] + shift
        before = [normal @ weights["in"] + weights["in_bias"]]
        hidden = np.maximum(before[0], 0)
        for kernel, bias in self._layers:
            wide = len(kernel)
            padded = np.pad(hidden, ((wide // 2, wide // 2), (0, 0)))
            convolved = bias + sum(padded[at : at + len(hidden)] @ kernel[at] for at in range(wide))
            before.append(convolved)
            hidden = hidden + np.maximum(convolved, 0)
        logits = hidden @ weights["out"] + weights["out_bias"]
        logits -= logits.max(axis=1, keepdims=True)
        likely: Floats = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return likely, before


def edited(phones: Numbers, others: Iterable[int]) -> set[Numbers]:
    """Return what `phones` become by one phoneme less, more or another, none twice in a row."""
    others = tuple(others)
    near: set[Numbers] = set()
    for at in range(len(phones) + 1):
        before, after = phones[:at], phones[at:]
        near |= {(*before, other, *after) for other in others}
        if after:
            near |= {(*before, other, *after[1:]) for other in others}
        if after and len(phones) > 2:
            near.add(before + after[1:])
    near.discard(phones)
    return {sounds for sounds in near if all(one != other for one, other in pairwise(sounds))}


def is_nearest(phones: Phones, word: str, every: Pronounced) -> bool:
    """Tell whether `phones` are nearer to `word` than to any other word of `every`."""
    own = min((edits_between(phones, known) for known in every.get(word, ())), default=len(phones))
    return all(
        edits_between(phones, known) > own
        for other, ways in every.items()
        if other != word
        for known in ways
    )


def _numbers(phones: Phones) -> Numbers:
    return tuple(NUMBER[phone] for phone in phones)
