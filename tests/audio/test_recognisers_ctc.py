"""How probable phonemes are in frames, and the slope by which ears are fitted to a voice."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.recognisers.attuning import (
    Attuner,
    Said,
    edited,
    is_nearest,
)
from voicecoach.audio.recognisers.ctc import occupied, sounding
from voicecoach.audio.recognisers.own_voice import FRAME_NUMBERS, MOST_SHIFT, deviation
from voicecoach.audio.recognisers.phonemes import NUMBER, PHONEMES, Floats, phoneme_network
from voicecoach.language.likeness import edits_between

TWO = (NUMBER["T"], NUMBER["UW"])
FEW = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)


def noise(frames: int, seed: int) -> Floats:
    """Return log probabilities by chance, of four phonemes and silence."""
    rng = np.random.default_rng(seed)
    return np.log(rng.dirichlet(np.ones(5), frames)).astype(np.float32)


def ways(frames: int, sequence: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return every path of frames that sounds `sequence`."""
    return [
        path
        for path in itertools.product(range(5), repeat=frames)
        if tuple(phone for phone, _ in itertools.groupby(path) if phone) == sequence
    ]


@given(FEW, st.integers(1, 5), st.integers(0, 2**32))
def test_a_sequence_is_as_probable_as_all_the_ways_to_sound_it(
    sequence: tuple[int, ...], frames: int, seed: int
) -> None:
    likely = noise(frames, seed)
    each = [
        sum(likely[at, phone] for at, phone in enumerate(path)) for path in ways(frames, sequence)
    ]
    found = sounding(likely, [sequence, (1,)])[0]
    if each:
        assert found == pytest.approx(np.logaddexp.reduce(each), abs=1e-4)
    else:
        assert found < -1e6


@given(FEW, st.integers(0, 2**32))
def test_what_sounds_in_a_frame_is_told_by_the_ways_through_it(
    sequence: tuple[int, ...], seed: int
) -> None:
    likely = noise(5, seed)
    paths = ways(5, sequence)
    total, share = occupied(likely, sequence)
    assert total == pytest.approx(sounding(likely, [sequence])[0], abs=1e-6)
    expected = np.zeros_like(share)
    for path in paths:
        weight = np.exp(sum(likely[at, phone] for at, phone in enumerate(path)) - total)
        expected[range(5), path] += weight
    assert share == pytest.approx(expected, abs=1e-4)


@pytest.fixture(scope="module")
def attuner() -> Attuner:
    return Attuner({"two": [("T", "UW")], "to": [("T", "AH"), ("T", "UW")]})


def frames(count: int = 30, seed: int = 1) -> Floats:
    """Return frames that are like the encoder's, of nothing in particular."""
    chance = np.random.default_rng(seed)
    return chance.normal(size=(count, FRAME_NUMBERS)).astype(np.float32) * deviation()


def test_the_attuner_reads_as_the_network_does(attuner: Attuner) -> None:
    heard = frames()
    assert attuner.read(heard) == pytest.approx(phoneme_network().read(heard), abs=2e-3)


def test_words_become_likelier_by_the_shift_that_is_fitted_to_them(attuner: Attuner) -> None:
    heard = frames()
    shift = attuner.shift([Said(("two",), heard)], steps=10)
    assert np.abs(shift).max() <= MOST_SHIFT
    before = sounding(attuner.read(heard), [TWO])[0]
    assert sounding(attuner.read(heard, shift), [TWO])[0] > before + 1


def test_words_too_long_for_their_sound_teach_nothing(attuner: Attuner) -> None:
    assert not attuner.shift([Said(("two",) * 9, frames(20))], steps=2).any()
    assert not attuner.shift([], steps=2).any()


def test_the_slope_is_that_of_the_probability(attuner: Attuner) -> None:
    heard = frames()
    shift = np.random.default_rng(2).normal(0, 0.1, FRAME_NUMBERS)
    slope = attuner.slope(heard, TWO, shift)
    for along in np.random.default_rng(3).normal(size=(3, FRAME_NUMBERS)):
        step = 1e-4 * along / np.linalg.norm(along)
        up, down = (
            -sounding(attuner.read(heard, shift + sign * step), [TWO])[0] for sign in (1, -1)
        )
        assert slope @ (2 * step) == pytest.approx(up - down, rel=0.02, abs=1e-6)


def sounds(*phones: str) -> Floats:
    """Return frames that sound these phonemes, each for two."""
    likely = np.full((2 * len(phones) + 1, len(PHONEMES) + 1), -9.0, np.float32)
    for at, phone in enumerate(phones):
        likely[2 * at : 2 * at + 2, NUMBER[phone]] = -0.05
    likely[-1, 0] = -0.05
    return likely


def test_a_word_is_learnt_as_it_is_said_where_that_is_near() -> None:
    attuner = Attuner({"three": [("TH", "R", "IY")]})
    assert attuner.pronunciation("three", [sounds("T", "R", "IY")] * 2) == ("T", "R", "IY")
    assert attuner.pronunciation("three", [sounds("TH", "R", "IY")] * 2) is None
    assert attuner.pronunciation("three", []) is None
    assert attuner.pronunciation("eight", [sounds("T", "R", "IY")]) is None


def test_a_slip_of_the_tongue_is_not_learnt() -> None:
    attuner = Attuner({"three": [("TH", "R", "IY")]})
    once = [sounds("T", "R", "IY"), sounds("TH", "R", "IY")]
    assert attuner.pronunciation("three", once) is None


def test_nothing_is_learnt_that_is_as_near_to_another_word() -> None:
    every = {
        "thirteen": [("TH", "ER", "T", "IY", "N")],
        "thirty": [("TH", "ER", "T", "IY")],
        "three": [("TH", "R", "IY")],
    }
    assert not is_nearest(("TH", "ER", "T", "IY"), "thirteen", every)
    assert not is_nearest(("TH", "ER", "D", "IY"), "thirteen", every)
    assert is_nearest(("F", "ER", "T", "IY", "N"), "thirteen", every)
    assert is_nearest(("T", "R", "IY"), "three", every)


@given(FEW, st.sets(st.integers(1, 5)))
def test_an_edit_changes_one_phoneme(phones: tuple[int, ...], others: set[int]) -> None:
    for near in edited(phones, others):
        assert edits_between(tuple(map(str, near)), tuple(map(str, phones))) == 1
        assert all(one != other for one, other in itertools.pairwise(near))
