"""Whatever a recogniser makes of a sound: at most what may be said is taken, and only if sure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.decide import (
    ANSWER,
    Accepted,
    Ambiguous,
    Hypothesis,
    decide,
)
from voicecoach.language.intents import PHRASINGS, IntentName
from voicecoach.language.vocabulary import Expectation, Vocabulary

SAID = """eight eighty thirteen thirty point five hundred and reps at kilos done stop undo no yes
seven r p e note bodyweight weight one to two four more ready finish workout"""

words = st.lists(
    st.sampled_from(tuple(SAID.split())) | st.text(max_size=6),
    max_size=12,
).map(tuple)
hypotheses = st.lists(
    st.builds(
        Hypothesis,
        words=words,
        score=st.floats(-1e6, 1e6),
        confidence=st.floats(0, 1),
    ),
    max_size=8,
)
vocabularies = st.builds(
    Vocabulary,
    intents=st.frozensets(st.sampled_from(sorted({p.name for p in PHRASINGS}, key=str))),
    expects=st.builds(
        Expectation,
        reps=st.none() | st.tuples(st.integers(1, 30), st.integers(30, 100)),
        answers=st.frozensets(st.sampled_from(IntentName), max_size=3),
    ),
)


@given(hypotheses, vocabularies)
def test_nothing_is_taken_that_may_not_be_said_or_is_not_sure(
    heard: list[Hypothesis], vocabulary: Vocabulary
) -> None:
    match decide(heard, vocabulary):
        case Accepted(intent):
            taken = {intent.name}
        case Ambiguous(readings):
            taken = {reading.name for reading in readings}
        case _:
            return
    assert taken <= vocabulary.intents
    assert max(one.confidence for one in heard) >= ANSWER
