"""What was acted on too soon is put right once all of it was said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from voicecoach.language.intents import IntentName as I
from voicecoach.language.parser import parse, typed_words
from voicecoach.library.exercises import Library
from voicecoach.session.events import IntentHeard
from voicecoach.session.facts import SetAmended, SetLogged, SetVoided
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Catalogue, Logbook
from voicecoach.session.machine import vocabulary
from voicecoach.session.phases import AskingReps, Resting
from voicecoach.training.prescription import CountMode
from voicecoach.units import Load


def read(line: str, legal):
    return parse(typed_words(line), legal)[0]


def in_two_breaths(conversation, legal, beginning: str, whole: str) -> None:
    begun_as = read(beginning, legal)
    conversation.take(IntentHeard(conversation.now_ms, begun_as))
    conversation.take(IntentHeard(conversation.now_ms, read(whole, legal), begun_as=begun_as))


def results(g) -> list[tuple[int | None, Load | None]]:
    return [(one.result.reps, one.result.load) for one in g.state.standing]


@pytest.mark.parametrize(
    ("beginning", "whole", "said"),
    [
        ("eight", "eight reps at ninety kilos", "Eight at ninety."),
        ("twenty", "twenty five", "Twenty five at one hundred."),
        ("eight reps", "eight reps at sixty", "Eight at sixty."),
        ("eight at sixty", "eight at sixty two point five", "Eight at sixty two point five."),
        ("done eight", "done eight at eighty", "Eight at eighty."),
        ("no five", "no five at eighty", "Five at eighty."),
    ],
)
def test_a_set_said_in_two_breaths_is_logged_as_if_in_one(gym, beginning, whole, said) -> None:
    g, at_once = gym(), gym()
    for one in (g, at_once):
        one.begin_set()
        one.say("done")
    in_two_breaths(g, vocabulary(g.state), beginning, whole)
    at_once.say(whole)
    assert results(g) == results(at_once)
    assert g.last == said
    assert [type(fact) for fact in g.facts[-2:]] == [SetLogged, SetAmended]


@pytest.mark.parametrize("count", [CountMode.FREE, CountMode.ALOUD])
def test_done_is_acted_on_and_the_number_after_it_counts(gym, make_block, count) -> None:
    g = gym(make_block(count=count, load=Load.kg(100)))
    g.begin_set()
    if count is CountMode.ALOUD:
        g.say("one", "two")
    in_two_breaths(g, vocabulary(g.state), "done", "done eight")
    assert results(g) == [(8, Load.kg(100))]


def test_the_load_asked_for_is_the_one_said_in_full(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["bench-press"], asks_load=True))
    in_two_breaths(g, vocabulary(g.state), "sixty two", "sixty two point five")
    assert g.state.prescription.load == Load.kg(Decimal("62.5"))


def test_what_means_the_same_is_not_done_twice(gym) -> None:
    g = gym()
    g.do_set("five")
    in_two_breaths(g, vocabulary(g.state), "undo", "undo that")
    assert sum(isinstance(fact, SetVoided) for fact in g.facts) == 1
    assert g.reps() == []


def test_what_was_asked_back_about_is_answered_by_the_whole(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("stop")
    in_two_breaths(g, vocabulary(g.state), "stop", "stop workout")
    assert g.last == "Finish the workout now?"


@pytest.mark.parametrize(
    ("options", "hastens"),
    [
        ({"sets": 2}, True),
        ({"sets": 1}, False),  # with it the workout ends
        ({"sets": 4, "interval_s": 60}, False),  # the clock may count down to the next
        ({"sets": 6, "reps": (3, 3), "superset": "A", "amrap_s": 60}, False),
    ],
)
def test_a_set_is_taken_early_where_it_can_still_be_mended(
    gym, make_block, options, hastens: bool
) -> None:
    g = gym(make_block(load=Load.kg(100), **options))
    g.begin_set()
    assert (I.DONE in vocabulary(g.state).mendable) == hastens


def test_the_first_side_is_not_taken_early_for_the_other_is_counted_down_to(
    gym, make_block, exercises
) -> None:
    g = gym(make_block(exercises["split-squat"], reps=(8, 8)))
    g.begin_set()
    assert not vocabulary(g.state).mendable


def test_only_what_is_legal_can_be_mended(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done")
    assert isinstance(g.state.phase, AskingReps)
    assert vocabulary(g.state).mendable <= vocabulary(g.state).intents
    g.say("five")
    assert isinstance(g.state.phase, Resting)
    assert vocabulary(g.state).mendable == {I.AMEND, I.RPE, I.WEIGHT}


@pytest.fixture
def book(chat):
    return chat(LOGGING, Logbook(session_id="book", catalogue=Catalogue.of(Library(), {})))


@pytest.mark.parametrize(
    ("beginning", "whole"),
    [
        ("squat", "squat five reps at one hundred"),
        ("squat three", "squat three sets of eight at eighty"),
        ("squat five reps", "squat five reps at one hundred and two point five"),
        ("three sets of eight", "three sets of eight at eighty"),
    ],
)
def test_what_is_told_in_two_breaths_stands_as_told_in_one(book, chat, beginning, whole) -> None:
    at_once = chat(LOGGING, Logbook(session_id="book", catalogue=Catalogue.of(Library(), {})))
    for one in (book, at_once):
        one.say("bench press ten at sixty")
    in_two_breaths(book, LOGGING.vocabulary(book.state), beginning, whole)
    at_once.say(whole)
    assert [(one.key, one.result) for one in book.state.sets if not one.voided] == [
        (one.key, one.result) for one in at_once.state.sets
    ]
    assert book.said[-1] == at_once.said[-1]
