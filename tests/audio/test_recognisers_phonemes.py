"""The phoneme network's readings, searched within a grammar and weighed with what is written."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.recognisers.fusion import Sounded, fused
from voicecoach.audio.recognisers.network import network_of
from voicecoach.audio.recognisers.phonemes import (
    BLANK,
    NUMBER,
    PHONEMES,
    Floats,
    freely,
    phoneme_network,
)
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.audio.recognisers.soundings import PhoneAutomaton, phrases
from voicecoach.language.grammar import Grammar, number_slots
from voicecoach.language.parser import everything
from voicecoach.language.template import Alternatives, parse_template

FILE = dictionary_file()
pytestmark = pytest.mark.skipif(FILE is None, reason="pocketsphinx has no wheel for this machine")


@pytest.fixture(scope="module")
def pronunciations() -> Pronunciations:
    assert FILE is not None
    return Pronunciations(FILE)


def automaton(pronunciations: Pronunciations, *templates: str) -> PhoneAutomaton:
    grammar = Grammar(Alternatives(tuple(map(parse_template, templates))), number_slots())
    network = network_of(grammar)
    return PhoneAutomaton(network, pronunciations.of(network.words()))


def sounding(*frames: dict[str, float]) -> Floats:
    """Return log probabilities: those named, the rest to silence."""
    likely = np.full((len(frames), len(PHONEMES) + 1), -30.0, np.float32)
    for row, frame in zip(likely, frames, strict=True):
        for phone, probability in frame.items():
            row[NUMBER[phone]] = math.log(probability)
        row[BLANK] = math.log(max(1e-9, 1 - sum(frame.values())))
    return likely


def spelt(text: str) -> Floats:
    """Return frames that sound exactly these phonemes, each for two frames."""
    return sounding(*({phone: 0.9} for phone in text.split() for _ in range(2)), {})


def test_the_dictionary_has_every_pronunciation_of_a_word(pronunciations: Pronunciations) -> None:
    found = pronunciations.of(["eight", "hundred", "rpe", "deadlift", "amrap", "xqzzk"])
    assert found["eight"] == (("EY", "T"),)
    assert len(found["hundred"]) > 1
    assert found["rpe"] == (("AA", "R", "P", "IY", "IY"),)
    assert found["deadlift"][0][:3] == ("D", "EH", "D")
    assert "xqzzk" not in found


def test_all_that_can_be_said_can_be_sounded(pronunciations: Pronunciations) -> None:
    words = network_of(everything().grammar).words()
    assert words - pronunciations.of(words).keys() == set()
    assert {p for each in pronunciations.of(words).values() for q in each for p in q} <= set(
        PHONEMES
    )


def test_what_sounds_is_found_within_the_grammar(pronunciations: Pronunciations) -> None:
    numbers = automaton(pronunciations, "{reps} [reps]", "stop")
    found = phrases(spelt("TH ER T IY"), numbers)
    assert max(found, key=found.__getitem__) == ("thirty",)
    assert max(found.values()) > -2
    found = phrases(spelt("EY T R EH P S"), numbers)
    assert max(found, key=found.__getitem__) == ("eight", "reps")
    assert phrases(spelt("B AA B"), automaton(pronunciations, "stop")) == {}


def test_the_same_phoneme_twice_needs_silence_between(pronunciations: Pronunciations) -> None:
    both = automaton(pronunciations, "add down", "add own")
    joined = phrases(spelt("AE D AW N"), both)
    apart = phrases(np.concatenate([spelt("AE D"), spelt("D AW N")]), both)
    assert ("add", "down") in apart
    assert apart[("add", "down")] > joined.get(("add", "down"), -math.inf)


def test_a_phrase_without_a_pronunciation_is_left_out(pronunciations: Pronunciations) -> None:
    partly = automaton(pronunciations, "stop", "xqzzk stop")
    assert set(phrases(spelt("S T AA P"), partly)) == {("stop",)}


@given(st.lists(st.sampled_from(["S", "T", "AA", "P", ""]), min_size=3, max_size=7), st.data())
def test_the_search_adds_up_every_way_to_sound_a_phrase(
    pronunciations: Pronunciations, said: list[str], data: st.DataObject
) -> None:
    """With a beam that loses nothing, the probability is that of all alignments."""
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    likely = np.log(rng.dirichlet(np.full(len(PHONEMES) + 1, 0.5), len(said))).astype(np.float32)
    likely = np.maximum(likely, -9.0)  # none so improbable that it is passed over
    for row, phone in zip(likely, said, strict=True):
        row[NUMBER[phone] if phone else BLANK] = -0.2
    target = [NUMBER[phone] for phone in ("T", "UW")]
    found = phrases(likely, automaton(pronunciations, "two"), beam=1000)
    ways = [
        sum(likely[at, phone] for at, phone in enumerate(path))
        for path in itertools.product([BLANK, *target], repeat=len(said))
        if [phone for phone, _ in itertools.groupby(path) if phone] == target
    ]
    expected = float(np.logaddexp.reduce(ways)) if ways else -math.inf
    heard = found.get(("two",), -math.inf)
    # What lies far behind the likeliest beginning is given up.
    assert heard == pytest.approx(expected, abs=0.05) or expected < -12


def test_the_network_tells_nothing_from_silence() -> None:
    likely = phoneme_network().read(np.zeros((50, 288), np.float32))
    assert likely.shape == (50, len(PHONEMES) + 1)
    assert np.exp(likely).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert freely(likely) <= 0


def test_no_frames_sound_like_nothing(pronunciations: Pronunciations) -> None:
    likely = phoneme_network().read(np.zeros((0, 288), np.float32))
    assert phrases(likely, automaton(pronunciations, "stop")) == {}


THIRTY, THIRTEEN, STOP = ("thirty",), ("thirteen",), ("stop",)


def heard(*nats: tuple[tuple[str, ...], float]) -> Sounded:
    return Sounded(dict(nats), -1.0, 40, lambda words: 4 * len(words))


def test_two_readings_that_agree_are_surer_than_either() -> None:
    written = {THIRTY: -1.0, THIRTEEN: -3.0}
    agreed = fused(written, heard((THIRTY, -2.0), (THIRTEEN, -6.0)))
    torn = fused(written, heard((THIRTEEN, -2.0), (THIRTY, -6.0)))
    assert agreed[0].words == THIRTY
    apart = agreed[0].score - agreed[1].score
    assert apart > abs(torn[0].score - torn[1].score)
    assert agreed[0].confidence > 0.6


def test_a_phrase_that_only_one_reading_has_is_kept_but_doubted() -> None:
    found = fused({STOP: -2.0}, heard((THIRTY, -2.0)))
    assert {one.words for one in found} == {STOP, THIRTY}
    both = fused({STOP: -2.0}, heard((STOP, -2.0)))
    assert both[0].confidence > max(one.confidence for one in found)


def test_one_reading_alone_will_do() -> None:
    assert fused({STOP: -2.0}, heard())[0].words == STOP
    assert fused({}, heard((STOP, -2.0)))[0].words == STOP
    assert fused({}, heard()) == ()
