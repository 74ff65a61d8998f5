"""Choosing a routine: what the coach asks, offers and keeps, in typed words."""

from __future__ import annotations

from typing import Any

import pytest

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.session.choosing import Choosing, choosing
from voicecoach.session.deadlines import PATIENCE
from voicecoach.session.effects import Earcon, EndSession, Play, StopSpeaking
from voicecoach.session.events import (
    IntentHeard,
    NothingUnderstood,
    ReadingsHeard,
    SessionInterrupted,
    SessionOpened,
)
from voicecoach.session.facts import EquipmentTold, RoutineChosen
from voicecoach.training.fitting import Offer

ALL = (
    Offer(id="full-body", name="Full body", about="The whole body."),
    Offer(id="five-by-five", name="Five by five", about="", lacks=("squat rack", "bench", "band")),
    Offer(id="push-pull", name="Push, pull", about=""),
    Offer(id="mobility", name="Mobility", about=""),
)


@pytest.fixture
def offering(chat):
    """Begin to choose; the routines on offer are those given, whatever is at hand."""

    def begin(*offers: Offer, at_hand: tuple[str, ...] | None = ("barbell",)) -> Any:
        conversation = choosing(lambda _: offers or ALL)
        return chat(conversation, Choosing(session_id="choice", at_hand=at_hand))

    return begin


def test_three_routines_are_offered_with_what_they_are_and_what_they_lack(offering) -> None:
    assert offering().said[-1] == (
        "Let us find you a routine."
        " The first: Full body. The whole body."
        " The second: Five by five. It asks for a squat rack, a bench and more as well."
        " The third: Push, pull."
        " Which one? Or say what else."
    )


@pytest.mark.parametrize(
    ("answer", "routine"),
    [
        ("the second one", "five-by-five"),
        ("second", "five-by-five"),
        ("number two", "five-by-five"),
        ("I'll take the third one please", "push-pull"),
        ("five by five", "five-by-five"),
        ("let's do full body", "full-body"),
        ("push pull", "push-pull"),
        ("mobility", "mobility"),  # not read out yet, and known by its name all the same
    ],
)
def test_an_answer_names_a_routine_or_its_place(offering, answer: str, routine: str) -> None:
    c = offering()
    c.say(answer)
    assert c.facts == [RoutineChosen(at_ms=0, routine=routine)]
    assert c.state.chosen == routine
    assert c.said[-1].endswith(" it is.")
    assert c.state.ended


def test_what_else_turns_the_page_and_comes_round_again(offering) -> None:
    c = offering()
    assert c.say("what else") == "The first: Mobility. Which one? Or say what else."
    assert c.say("no").startswith("There are no others. Once more. The first: Full body.")
    c.say("what else", "the first one")
    assert c.state.chosen == "mobility"


def test_the_place_of_a_routine_that_is_not_offered_chooses_nothing(offering) -> None:
    c = offering()
    c.say("what else", "the third one")
    assert c.state.chosen is None
    assert not c.state.ended


@pytest.mark.parametrize("answer", ["none of them", "stop", "not today", "finish workout"])
def test_none_of_them_ends_it_and_changes_nothing(offering, answer: str) -> None:
    c = offering()
    assert c.say(answer) == "Then another time."
    assert c.state.ended
    assert c.state.chosen is None
    assert c.facts == []


@pytest.mark.parametrize(
    ("answer", "told", "said"),
    [
        ("a gym", ("gym",), "A gym, then."),
        ("everything", ("gym",), "A gym, then."),
        (
            "dumbbells and a pull-up bar",
            ("dumbbells", "pull-up bar"),
            "You have dumbbells and a pull-up bar.",
        ),
        (
            "I have a barbell, a bench and bands",
            ("barbell", "bench", "band"),
            "You have a barbell,",
        ),
        ("nothing", (), "Nothing but yourself, then."),
        ("none", (), "Nothing but yourself, then."),
    ],
)
def test_what_there_is_to_train_with_is_asked_once_and_kept(
    offering, answer: str, told: tuple[str, ...], said: str
) -> None:
    c = offering(at_hand=None)
    assert "What can you train with?" in c.said[0]
    assert c.say(answer).startswith(said)
    assert c.facts == [EquipmentTold(at_ms=0, at_hand=told)]
    assert "The first: Full body." in c.said[-1]


def test_equipment_that_was_misheard_is_asked_for_anew(offering) -> None:
    c = offering(at_hand=None)
    c.say("a gym")
    assert c.say("undo").startswith("What can you train with?")
    c.say("nothing")
    assert c.facts[-1] == EquipmentTold(at_ms=0, at_hand=())


def test_where_nothing_fits_it_says_so_and_ends(chat) -> None:
    c = chat(choosing(lambda _: ()), Choosing(session_id="choice", at_hand=()))
    assert c.said[-1] == "Let us find you a routine. I know no routine for that."
    assert c.state.ended


def test_repeat_says_the_offers_again(offering) -> None:
    c = offering()
    assert c.say("say that again") == c.said[0]


def test_help_names_the_answers_of_the_moment_first(offering) -> None:
    assert offering().say("help").startswith("You can say: undo; no; the second one; what else")


def test_a_line_that_nobody_understands_gets_the_names_again(offering) -> None:
    assert offering().say("flibbertigibbet") == (
        "I did not get that. The first: Full body. The second: Five by five."
        " The third: Push, pull. Which one? Or say what else."
    )


def test_talk_of_others_is_asked_about_once_and_then_let_pass(offering) -> None:
    c = offering()
    for _ in range(3):
        c.take(NothingUnderstood(c.now_ms))
    assert [said.startswith("I did not get that.") for said in c.said] == [False, True]


def test_of_two_routines_that_sound_alike_it_asks_which(offering) -> None:
    c = offering()
    readings = tuple(Intent(name=I.CHOOSE, choices=(one,)) for one in ("full-body", "mobility"))
    c.take(ReadingsHeard(0, readings))
    assert c.said[-1] == "Full body, or Mobility?"
    c.say("mobility")
    assert c.state.chosen == "mobility"


def test_silence_is_asked_once_then_only_toned_and_at_last_given_up(offering) -> None:
    c = offering()
    c.pass_ms(10_000)
    assert c.said[-1].startswith("The first: Full body. The second")
    c.pass_ms(60_000)
    assert len(c.said) == 2
    assert c.effects.count(Play(Earcon.REMINDER)) == 3
    c.pass_ms(20_000 * PATIENCE)
    assert c.said[-1] == "Then another time."
    assert c.state.ended


def test_leaving_ends_it_without_a_word(offering) -> None:
    c = offering()
    c.take(SessionInterrupted(0))
    assert c.state.ended
    assert c.effects[-1] == EndSession()
    assert len(c.said) == 1


def test_a_choice_that_cannot_be_kept_holds_for_today(offering) -> None:
    c = offering()
    c.fails = {RoutineChosen}
    c.say("the first one")
    assert c.said[-1] == "I could not save that."
    assert c.state.chosen == "full-body"
    assert c.state.ended


def test_while_the_offers_are_read_out_no_name_is_heard_but_a_place_is() -> None:
    """The names are the coach's own words just then."""
    conversation = choosing(lambda _: ALL)
    state = Choosing(session_id="choice", at_hand=())
    state, _ = conversation.step(state, SessionOpened(0))
    heard = conversation.vocabulary(state)
    assert ("the second one", "five-by-five") in heard.choices
    assert "mobility" not in dict(heard.choices)
    assert heard.intents == {I.STOP, I.FASTER, I.SLOWER, I.CHOOSE}
    state, effects = conversation.step(state, IntentHeard(0, Intent(name=I.STOP)))
    assert effects == (StopSpeaking(),)
    assert not state.ended
    state, _ = conversation.step(
        state, IntentHeard(0, Intent(name=I.CHOOSE, choices=("five-by-five",)))
    )
    assert state.chosen == "five-by-five"


def test_the_drivers_mistakes_are_its_own(offering) -> None:
    c = offering()
    with pytest.raises(RuntimeError, match="open already"):
        c.take(SessionOpened(0))
