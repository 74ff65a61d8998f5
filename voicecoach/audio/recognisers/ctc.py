"""How probable it is that frames sound a sequence of phonemes, and in which frame which sounds.

Connectionist temporal classification: A. Graves et al., Connectionist
temporal classification, ICML 2006. All ways to stretch the phonemes over the
frames add up, with silence (BLANK) between any two of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voicecoach.audio.recognisers.phonemes import BLANK, Floats

Numbers = tuple[int, ...]
"""Phonemes by their numbers."""

Reals = npt.NDArray[np.float64]

_NEVER = -1e9


def sounding(likely: Floats, sequences: Sequence[Numbers]) -> Reals:
    """Return the log probability of each of `sequences`, in nats.

    `likely` is what `PhonemeNetwork.read` returns, of one frame or more.
    """
    places, joins = _places(sequences)
    forward = _forward(likely.astype(np.float64), places, joins)[-1]
    return _ended(forward, sequences)


def occupied(likely: Floats, sequence: Numbers) -> tuple[float, Reals]:
    """Return the log probability of `sequence`, and how probable each phoneme is in each frame.

    The second has the shape of `likely`: what is sounded there, given that
    the whole is this sequence.
    """
    heard = likely.astype(np.float64)
    places, joins = _places([sequence])
    forward = _forward(heard, places, joins)[:, 0]
    # Backwards it is the same, and each frame has been counted on the way there.
    behind, behind_joins = _places([sequence[::-1]])
    backward = _forward(heard[::-1], behind, behind_joins)[::-1, 0, ::-1]
    total = float(_ended(forward[None, -1], [sequence])[0])
    here = np.exp(forward + backward - heard[:, places[0]] - total)
    share = np.zeros_like(heard)
    np.add.at(share.T, places[0], here.T)
    return total, share


def _places(sequences: Sequence[Numbers]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return each sequence with silence around its phonemes, and where silence may be passed over.

    The same phoneme twice is told from one only by the silence between.
    """
    width = 2 * max(map(len, sequences)) + 1
    places = np.full((len(sequences), width), BLANK, np.intp)
    for row, sequence in zip(places, sequences, strict=True):
        row[1 : 2 * len(sequence) : 2] = sequence
    joins = np.zeros(places.shape, np.bool_)
    joins[:, 2:] = (places[:, 2:] != BLANK) & (places[:, 2:] != places[:, :-2])
    return places, joins


def _forward(likely: Reals, places: npt.NDArray[np.intp], joins: npt.NDArray[np.bool_]) -> Reals:
    """Return the log probability to be at each place after each frame, (frames, rows, places)."""
    reached = np.full((len(likely), *places.shape), _NEVER)
    reached[0, :, :2] = likely[0, places[:, :2]]
    for at in range(1, len(likely)):
        before = reached[at - 1]
        onward = np.full((3, *places.shape), _NEVER)
        onward[0] = before
        onward[1, :, 1:] = before[:, :-1]
        onward[2, :, 2:] = np.where(joins[:, 2:], before[:, :-2], _NEVER)
        most = onward.max(axis=0)
        reached[at] = most + np.log(np.exp(onward - most).sum(axis=0)) + likely[at, places]
    return reached


def _ended(forward: Reals, sequences: Sequence[Numbers]) -> Reals:
    """Return the probability to be at the end: in the last phoneme, or the silence after it."""
    rows = np.arange(len(sequences))
    last = np.array([2 * len(sequence) for sequence in sequences])
    ended: Reals = np.logaddexp(forward[rows, last], forward[rows, np.maximum(last - 1, 0)])
    return ended
