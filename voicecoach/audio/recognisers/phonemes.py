"""Reading moonshine's frames as phonemes.

A small convolutional network, trained for the coach, tells for each frame of
moonshine's encoder (24 ms) how probable each phoneme is in it, or none: a
connectionist temporal classification (Graves et al., 2006). It hears what the
decoder's habits of language pass over. scripts/train_phonemes.py makes its
weights, from speech that synthesisers say and noise that it makes itself.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voicecoach.audio.recognisers.pronunciation import Phones

Floats = npt.NDArray[np.float32]

PHONEMES: Phones = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH",
    "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip
BLANK = 0
"""The number of no phoneme; the others are numbered from 1 in their order above."""

WEIGHTS = Path(__file__).with_name("phonemes.npz")

NUMBER = {phone: number for number, phone in enumerate(PHONEMES, 1)}
_PRODUCT = 2**18  # multiplications: up to so many OpenBLAS does in one thread


class PhonemeNetwork:
    """The network: its weights are 16-bit, its arithmetic 32-bit."""

    def __init__(self, file: Path = WEIGHTS) -> None:
        with np.load(file) as weights:
            self._weights = {name: weights[name].astype(np.float32) for name in weights.files}
        self._layers = sum(name.startswith("layer") for name in self._weights) // 2

    def read(self, frames: Floats) -> Floats:
        """Return the log probability of each phoneme in each frame.

        `frames` has shape (n, 288), the result (n, 40): first BLANK.
        """
        weights = self._weights
        normal = (frames - weights["mean"]) / weights["deviation"]
        hidden = np.maximum(_product(normal, weights["in"]) + weights["in_bias"], 0)
        for layer in range(self._layers):
            kernel = weights[f"layer{layer}"]
            wide = len(kernel)
            padded = np.pad(hidden, ((wide // 2, wide // 2), (0, 0)))
            windows = np.concatenate([padded[at : at + len(hidden)] for at in range(wide)], axis=1)
            convolved = _product(windows, kernel.reshape(-1, kernel.shape[-1]))
            hidden = hidden + np.maximum(convolved + weights[f"layer{layer}_bias"], 0)
        logits = _product(hidden, weights["out"]) + weights["out_bias"]
        logits -= logits.max(axis=1, keepdims=True)
        likely: Floats = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return likely


def _product(frames: Floats, matrix: Floats) -> Floats:
    """Return `frames` times `matrix`, a few frames at a time.

    A larger product OpenBLAS shares among threads, which at this size costs
    more than it gains, and takes the cores from others.
    """
    few = max(1, _PRODUCT // matrix.size)
    parts = [frames[at : at + few] @ matrix for at in range(0, len(frames), few)]
    return np.concatenate(parts) if parts else frames[:, :0] @ matrix[:0]


@cache
def phoneme_network() -> PhonemeNetwork:
    """Return the network that comes with the coach, loaded once."""
    return PhonemeNetwork()


def freely(likely: Floats) -> float:
    """Return the log probability of the likeliest sounds of all, within no grammar."""
    return float(likely.max(axis=1).sum())


def likeliest(likely: Floats) -> Phones:
    """Return those sounds, one after the other."""
    numbers = [number for number, _ in groupby(likely.argmax(axis=1).tolist())]
    return tuple(PHONEMES[number - 1] for number in numbers if number != BLANK)
