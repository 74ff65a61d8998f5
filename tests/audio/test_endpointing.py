"""Where utterances begin and end, frame by frame."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.endpointing import Endpointer, Endpointing, Moment

FRAME = 512
SPEECH, HUSH = (0.9, -26.0), (0.01, -80.0)


def moments(frames: list[tuple[float, float]], **settings: float) -> list[tuple[int, Moment]]:
    endpointer = Endpointer(FRAME, Endpointing(**settings))  # type: ignore[arg-type]
    heard = [(at, endpointer.hear(*frame)) for at, frame in enumerate(frames)]
    return [(at, moment) for at, moment in heard if moment is not None]


def test_a_word_begins_pauses_and_ends() -> None:
    assert moments([HUSH] * 3 + [SPEECH] * 10 + [HUSH] * 20) == [
        (3, Moment.BEGUN),
        (14, Moment.PAUSED),  # 2 frames of 32 ms
        (23, Moment.ENDED),  # 11 frames
    ]


def test_a_pause_between_words_does_not_end_the_set() -> None:
    eight_reps_at_sixty = [SPEECH] * 8 + [HUSH] * 8 + [SPEECH] * 20 + [HUSH] * 11
    assert [moment for _, moment in moments(eight_reps_at_sixty)] == [
        Moment.BEGUN,
        Moment.PAUSED,
        Moment.RESUMED,
        Moment.PAUSED,
        Moment.ENDED,
    ]


def test_a_clank_is_dismissed() -> None:
    assert moments([SPEECH] + [HUSH] * 20) == [(0, Moment.BEGUN), (2, Moment.DISMISSED)]


def test_speech_without_end_is_cut_at_the_longest_utterance() -> None:
    found = moments([SPEECH] * 300)
    assert found[:2] == [(0, Moment.BEGUN), (249, Moment.ENDED)]  # 8 s
    assert found[2] == (250, Moment.BEGUN)


@pytest.mark.parametrize("probability", [0.0, 0.4, 0.49])
def test_what_is_not_probably_speech_begins_nothing(probability: float) -> None:
    assert moments([(probability, -20.0)] * 50) == []


def test_speech_in_progress_holds_on_at_a_lower_probability() -> None:
    assert moments([SPEECH, *[(0.4, -26.0)] * 100]) == [(0, Moment.BEGUN)]


def test_what_is_below_the_floor_is_no_speech_however_probable() -> None:
    assert moments([(1.0, -75.0)] * 50) == []


def test_who_speaks_low_into_a_microphone_set_low_is_heard() -> None:
    assert moments([(0.9, -68.0)] * 5)[0] == (0, Moment.BEGUN)


def test_an_utterance_ended_by_the_listener_is_over() -> None:
    endpointer = Endpointer(FRAME)
    for frame in [SPEECH] * 8 + [HUSH] * 2:
        last = endpointer.hear(*frame)
    assert last is Moment.PAUSED
    assert endpointer.silence_ms == 64
    endpointer.end()
    assert not endpointer.speaking
    assert all(endpointer.hear(*HUSH) is None for _ in range(30))


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(-100, 0)), max_size=400),
)
def test_every_utterance_that_begins_is_ended_or_dismissed_before_the_next(
    frames: list[tuple[float, float]],
) -> None:
    open_ = False
    for _, moment in moments(frames, longest_ms=1000):
        if moment is Moment.BEGUN:
            assert not open_
            open_ = True
        else:
            assert open_
            open_ = moment in (Moment.PAUSED, Moment.RESUMED)
