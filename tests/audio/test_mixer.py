from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.mixer import (
    ClipDropped,
    ClipEnded,
    ClipStarted,
    Group,
    Mixer,
    MixerEvent,
    SpeechEnded,
    SpeechStarted,
)
from voicecoach.audio.ports import Clip, Pcm

RATE = 8000  # 8 samples a millisecond: fades of 48, ducking of 160, a breath of 2400


def tone(samples: int, level: int = 8000) -> Clip:
    """A clip that is `level` throughout, so that every gain is seen in the output."""
    return Clip(np.full(samples, level, np.int16), RATE)


def speech(samples: int, seed: int = 0) -> Clip:
    rng = np.random.default_rng(seed)
    return Clip(rng.integers(-9000, 9000, samples).astype(np.int16), RATE)


def test_a_count_begins_on_its_very_sample_and_is_played_as_it_is() -> None:
    mixer = Mixer(RATE)
    seven = speech(500)
    mixer.schedule("seven", seven, 1234)
    out = mixer.render(4000)
    assert not out[:1234].any()
    np.testing.assert_array_equal(out[1234:1734], seven.pcm)
    assert not out[1734:].any()
    assert mixer.events() == [
        ClipStarted(key="seven", group=Group.COUNT, due=1234, at=1234),
        ClipEnded(key="seven", group=Group.COUNT, at=1734, interrupted=False),
    ]


def test_phrases_are_spoken_one_after_the_other_and_whole() -> None:
    mixer = Mixer(RATE)
    name, target = speech(700, 1), speech(300, 2)
    mixer.say("name", name)
    mixer.say("target", target)
    out = mixer.render(1200)
    np.testing.assert_array_equal(out[:1000], np.concatenate([name.pcm, target.pcm]))
    assert mixer.events() == [
        SpeechStarted(key="name", at=0),
        SpeechEnded(key="name", at=700, played=700, interrupted=False),
        SpeechStarted(key="target", at=700),
        SpeechEnded(key="target", at=1000, played=300, interrupted=False),
    ]


def test_chatter_is_faded_out_before_a_count_and_the_count_is_clean() -> None:
    mixer = Mixer(RATE)
    mixer.say("chatter", tone(9000))
    mixer.schedule("one", tone(400, 5000), 4000)
    out = mixer.render(6000)
    assert (out[:3840] == 8000).all()
    assert (np.diff(out[3839:4000].astype(int)) <= 0).all()
    assert out[3999] == 0
    assert (out[4000:4400] == 5000).all()
    assert SpeechEnded(key="chatter", at=4000, played=4000, interrupted=True) in mixer.events()


def test_what_must_be_said_goes_on_softer_under_a_count() -> None:
    mixer = Mixer(RATE)
    mixer.say("warning", tone(9000), interruptible=False)
    mixer.schedule("one", tone(400, 5000), 4000)
    out = mixer.render(9500)
    softer = round(8000 * 10 ** (-12 / 20))
    assert (out[:3840] == 8000).all()
    assert np.abs(out[4000:4400] - (5000 + softer)).max() <= 1
    assert (out[4560:9000] == 8000).all()
    assert np.abs(np.diff(out[3840:4000].astype(int))).max() < 60
    assert SpeechEnded(key="warning", at=9000, played=9000, interrupted=False) in mixer.events()


def test_chatter_is_not_begun_in_the_last_moment_before_a_count() -> None:
    mixer = Mixer(RATE)
    mixer.schedule("one", tone(400), 2000)
    mixer.say("chatter", speech(5000))
    mixer.say("more", speech(100))
    mixer.render(8000)
    starts = [event for event in mixer.events() if isinstance(event, SpeechStarted)]
    assert starts == [SpeechStarted(key="chatter", at=2400), SpeechStarted(key="more", at=7400)]


def test_a_word_that_fits_before_the_count_is_spoken() -> None:
    mixer = Mixer(RATE)
    mixer.schedule("one", tone(400), 2000)
    mixer.say("go", speech(1900))
    mixer.render(2500)
    assert SpeechEnded(key="go", at=1900, played=1900, interrupted=False) in mixer.events()


def test_stop_silences_speech_within_fifty_milliseconds_and_drops_what_waits() -> None:
    mixer = Mixer(RATE)
    mixer.say("long", tone(80_000), interruptible=False)
    mixer.say("next", tone(100))
    mixer.render(1000)
    assert mixer.stop_speaking() == ("long", "next")
    out = mixer.render(1000)
    assert not out[mixer.samples(50) :].any()
    assert np.abs(np.diff(out.astype(int), prepend=8000)).max() < 200
    ended = [event for event in mixer.events() if isinstance(event, SpeechEnded)]
    assert ended == [
        SpeechEnded(key="next", at=1000, played=0, interrupted=True),
        SpeechEnded(key="long", at=1048, played=1048, interrupted=True),
    ]
    assert mixer.stop_speaking() == ()


def test_speech_asked_for_after_a_stop_is_spoken() -> None:
    mixer = Mixer(RATE)
    mixer.say("old", tone(8000))
    mixer.render(100)
    mixer.stop_speaking()
    mixer.say("new", speech(300))
    out = mixer.render(1000)
    np.testing.assert_array_equal(out[48:348], speech(300).pcm)


def test_cancelled_beats_are_not_played_and_the_one_that_sounds_is_finished() -> None:
    mixer = Mixer(RATE)
    for number in range(3):
        mixer.schedule(str(number), tone(400), 1000 * number)
    mixer.schedule("go", tone(200), 2500, group=Group.EARCON)
    mixer.render(100)
    mixer.cancel(Group.COUNT)
    out = mixer.render(5000)
    assert (out[:300] == 8000).all()
    assert np.flatnonzero(out[300:]).tolist() == list(range(2100, 2300))
    events = mixer.events()
    assert ClipDropped(key="1", group=Group.COUNT, due=1000) in events
    assert ClipDropped(key="2", group=Group.COUNT, due=2000) in events
    assert ClipEnded(key="0", group=Group.COUNT, at=400, interrupted=False) in events


def test_a_number_under_way_can_be_silenced_at_once_too() -> None:
    mixer = Mixer(RATE)
    mixer.schedule("one", tone(4000), 0)
    mixer.schedule("two", tone(4000), 2000)
    mixer.play("tick", tone(700, 100))
    mixer.render(500)
    mixer.cancel(Group.COUNT, sounding=True)
    out = mixer.render(8000)
    assert (out[mixer.samples(50) :] <= 100).all()
    assert np.flatnonzero(out)[-1] == 199
    assert mixer.is_idle


def test_a_beat_that_comes_too_late_is_played_at_once_and_says_when() -> None:
    mixer = Mixer(RATE)
    mixer.render(777)
    mixer.schedule("late", tone(100), 500)
    assert mixer.render(200)[0] == 8000
    assert mixer.events()[0] == ClipStarted(key="late", group=Group.COUNT, due=500, at=777)


def test_loud_things_together_saturate_and_never_wrap() -> None:
    mixer = Mixer(RATE)
    for number in range(4):
        mixer.schedule(str(number), tone(100, 30_000), 0)
        mixer.schedule(f"-{number}", tone(100, -30_000), 200)
    out = mixer.render(300)
    assert (out[:100] == 32_767).all()
    assert (out[200:] == -32_768).all()


def test_louder_glides_and_stays() -> None:
    mixer = Mixer(RATE)
    mixer.schedule("hold", tone(8000, 1000), 0)
    mixer.set_gain(6)
    out = mixer.render(8000).astype(int)
    assert out[0] < 1010
    assert np.abs(np.diff(out)).max() <= 3
    assert (out[mixer.samples(60) :] == 1995).all()
    mixer.set_gain(99)
    assert mixer.gain_db == 12


def test_a_clip_of_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="22050 Hz in a mixer at 8000 Hz"):
        Mixer(RATE).say("a", Clip(np.zeros(10, np.int16), 22050))


def test_the_next_turn_leads_an_offline_driver_from_event_to_event() -> None:
    mixer = Mixer(RATE)
    assert mixer.next_turn() is None
    mixer.schedule("one", tone(400), 50_000)
    mixer.say("name", speech(700))
    seen: list[tuple[int, MixerEvent]] = []
    while (turn := mixer.next_turn()) is not None:
        mixer.render(turn - mixer.position)
        seen += [(mixer.position, event) for event in mixer.events()]
    assert [at for at, _ in seen] == [0, 700, 50_000, 50_400]
    assert mixer.is_idle


def test_an_empty_clip_starts_and_ends_at_once() -> None:
    mixer = Mixer(RATE)
    mixer.say("nothing", tone(0))
    mixer.say("something", tone(10))
    mixer.schedule("beat", tone(0), 0)
    mixer.render(100)
    assert len(mixer.events()) == 6
    assert mixer.is_idle


Request = tuple[str, int, int, bool]
requests = st.tuples(
    st.sampled_from(["say", "schedule", "earcon", "stop", "cancel", "gain"]),
    st.integers(0, 3000),  # length, or decibels times 100
    st.integers(0, 6000),  # samples ahead
    st.booleans(),
)


def ask(mixer: Mixer, number: int, request: Request) -> None:
    kind, length, ahead, flag = request
    clip, key = speech(length, number), str(number)
    match kind:
        case "say":
            mixer.say(key, clip, interruptible=flag)
        case "schedule":
            mixer.schedule(key, clip, mixer.position + ahead - 500)
        case "earcon":
            mixer.play(key, clip)
        case "stop":
            mixer.stop_speaking()
        case "cancel":
            mixer.cancel(Group.COUNT, sounding=flag)
        case "gain":
            mixer.set_gain(length / 100 - 20)


def play(
    script: list[tuple[int, list[Request]]], cuts: list[int]
) -> tuple[Pcm, list[MixerEvent], dict[str, tuple[str, int]]]:
    """Render `script` (samples to render, then requests), each stretch cut at `cuts`.

    Returns the sound, the events, and for each key what was asked and on which sample.
    """
    mixer = Mixer(RATE)
    blocks, number, asked = [], 0, {}
    for stretch, wanted in [*script, (20_000, [])]:
        edges = sorted({0, stretch, *(cut for cut in cuts if cut < stretch)})
        blocks += [mixer.render(b - a) for a, b in pairwise(edges)]
        for request in wanted:
            ask(mixer, number, request)
            asked[str(number)] = request[0], mixer.position
            number += 1
    return np.concatenate(blocks), mixer.events(), asked


scripts = st.lists(st.tuples(st.integers(1, 5000), st.lists(requests, max_size=4)), max_size=6)


@given(scripts, st.lists(st.integers(1, 20_000), max_size=12))
def test_the_sound_does_not_depend_on_the_size_of_blocks(
    script: list[tuple[int, list[Request]]], cuts: list[int]
) -> None:
    whole, whole_events, _ = play(script, [])
    parts, part_events, _ = play(script, cuts)
    np.testing.assert_array_equal(whole, parts)
    assert whole_events == part_events


@given(scripts)
def test_every_phrase_ends_once_and_never_two_speak_together(
    script: list[tuple[int, list[Request]]],
) -> None:
    _, events, asked = play(script, [])
    speaking: list[str] = []
    ended: list[str] = []
    for event in events:
        if isinstance(event, SpeechStarted):
            assert not speaking
            speaking.append(event.key)
        if isinstance(event, SpeechEnded):
            ended.append(event.key)
            if event.key in speaking:
                speaking.remove(event.key)
    assert sorted(ended) == sorted(key for key, (kind, _) in asked.items() if kind == "say")


@given(scripts)
def test_every_count_begins_when_due_or_as_soon_as_it_is_asked_for(
    script: list[tuple[int, list[Request]]],
) -> None:
    _, events, asked = play(script, [])
    for event in events:
        if isinstance(event, ClipStarted):
            assert event.at == max(event.due, asked[event.key][1])
