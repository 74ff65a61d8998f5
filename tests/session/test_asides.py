"""Bodyweight and notes in the middle of a workout."""

from __future__ import annotations

import pytest

from voicecoach.language.vocabulary import Dictation
from voicecoach.session.events import Dictated
from voicecoach.session.facts import BodyweightLogged, EntryVoided, NoteTaken, SetVoided
from voicecoach.session.machine import vocabulary
from voicecoach.session.phases import AwaitingReady, Resting, TakingNote
from voicecoach.session.resume import fold
from voicecoach.units import Load


def hear(gym, text: str) -> None:
    """Let the athlete say what no phrase fits."""
    gym.take(Dictated(gym.now_ms, text))


def test_a_note_in_one_breath_belongs_to_the_set_before_it(gym) -> None:
    g = gym()
    g.do_set("five")
    hear(g, "Note, left shoulder tight.")
    assert g.last == "Noted: left shoulder tight."
    note = g.facts[-1]
    assert isinstance(note, NoteTaken)
    assert (note.text, note.set_id) == ("left shoulder tight", g.state.sets[-1].fact.set_id)
    assert isinstance(g.state.phase, Resting)


def test_a_note_before_the_first_set_is_of_the_day(gym) -> None:
    g = gym()
    hear(g, "note slept badly")
    assert g.facts[-1].set_id is None
    assert isinstance(g.state.phase, AwaitingReady)


def test_after_the_word_note_anything_is_one_and_the_rest_goes_on(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("note")
    assert g.last == "What shall I note?"
    assert vocabulary(g.state).dictation is Dictation.ALL
    g.pass_ms(5000)
    hear(g, "Eight of these were easy.")
    assert g.last == "Noted: Eight of these were easy."
    before = g.state.phase
    assert isinstance(before, Resting)
    g.pass_ms(before.until_ms - g.now_ms)
    assert isinstance(g.state.phase, AwaitingReady)


def test_a_note_that_takes_till_the_end_of_the_rest_misses_its_call(gym) -> None:
    g = gym()
    g.do_set("five")
    g.pass_ms(169_000)
    g.say("note")
    g.pass_ms(4000)
    said = len(g.said)
    hear(g, "grip slipped")
    g.pass_ms(8000)
    assert "Ten seconds." not in g.said[said:]
    assert isinstance(g.state.phase, AwaitingReady)


@pytest.mark.parametrize("way", ["undo", "silence"])
def test_a_note_that_never_comes_is_left_out(gym, way: str) -> None:
    g = gym()
    g.do_set("five")
    g.say("note")
    if way == "undo":
        g.say("undo")
    else:
        g.pass_ms(10_000)
        assert g.last == "What shall I note?"
        g.pass_ms(20_000)
    assert g.last == "Left out."
    assert isinstance(g.state.phase, Resting)
    assert len(g.state.standing) == 1


def test_an_ear_that_cannot_write_says_so(gym) -> None:
    g = gym()
    g.say("note")
    assert isinstance(g.state.phase, TakingNote)
    hear(g, "")
    assert g.last == "I cannot write that down."
    assert isinstance(g.state.phase, AwaitingReady)


def test_bodyweight_is_logged_and_said_back(gym) -> None:
    g = gym()
    g.say("bodyweight eighty two point five")
    assert g.last == "You weigh eighty two point five kilos."
    assert g.facts[-1] == BodyweightLogged(
        at_ms=g.now_ms, entry_id="session/said/1", weight=Load.kg("82.5")
    )
    g.say("bodyweight eight")
    assert g.last == "I did not get that."


def test_undo_takes_back_what_was_said_last_and_only_that(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("bodyweight eighty")
    hear(g, "note tight")
    g.say("undo")
    assert g.last == "Taken back: the note."
    g.say("undo")
    assert g.last == "Taken back: bodyweight."
    assert [fact.entry_id for fact in g.facts if isinstance(fact, EntryVoided)] == [
        "session/said/2",
        "session/said/1",
    ]
    assert len(g.state.standing) == 1
    g.say("undo")
    assert isinstance(g.facts[-1], SetVoided)


def test_a_set_done_since_is_taken_back_before_the_note(gym) -> None:
    g = gym()
    hear(g, "note tight")
    g.do_set("five")
    g.say("undo")
    assert isinstance(g.facts[-1], SetVoided)


def test_talk_of_others_is_no_note(gym) -> None:
    g = gym()
    g.do_set("five")
    said = len(g.said)
    hear(g, "Can I have a coffee with milk?")
    assert len(g.said) == said


def test_while_a_set_is_done_nothing_is_written_down(gym) -> None:
    g = gym()
    g.begin_set()
    assert vocabulary(g.state).dictation is Dictation.NONE
    hear(g, "note tight")
    assert not any(isinstance(fact, NoteTaken) for fact in g.facts)


def test_a_session_that_is_resumed_knows_what_was_said(gym) -> None:
    g = gym()
    g.say("bodyweight eighty")
    hear(g, "note tight")
    g.say("undo")
    state = gym().state
    for fact in g.facts:
        state = fold(state, fact)
    assert state.asides == g.state.asides
