"""Records are said when they are broken, once, and never of a set that does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from voicecoach.language.prompts import Say
from voicecoach.library.exercises import Library
from voicecoach.session.foresight import foreseen
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Catalogue, Logbook
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.prescription import BlockPrescription, RepTarget, SetKind, SetPrescription
from voicecoach.training.records import FormBests, bests_of
from voicecoach.units import Load


def before(
    *done: tuple[int, str],
    exercise: str = "deadlift",
    variation: str | None = None,
    body: Load | None = Load(0),  # noqa: B008 - frozen
) -> FormBests:
    """Return the bests after sessions of one set each: reps and kilograms; seconds below zero."""
    sets = [
        HardSet(
            date(2025, 12, 1) + timedelta(days=number),
            f"before-{number}",
            exercise,
            variation,
            amount if amount > 0 else None,
            -amount if amount < 0 else None,
            Load.kg(kg),
            body,
        )
        for number, (amount, kg) in enumerate(done)
    ]
    return FormBests(exercise, variation, bests_of(sets))


OFTEN = before((6, "90"), (5, "95"), (8, "80"))


def open_gym(gym, *blocks: BlockPrescription, bests: FormBests, body: Load | None = None):
    opened = gym(*blocks)
    opened.state = replace(opened.state, bests=(bests,), body=body)
    return opened


def test_a_record_is_said_with_the_echo(gym) -> None:
    coach = open_gym(gym, bests=OFTEN)
    coach.do_set("five")
    assert coach.last.startswith("Five at one hundred. A record for five reps. Rest")


def test_the_same_again_is_no_record(gym) -> None:
    coach = open_gym(gym, bests=OFTEN)
    coach.do_set("five")
    coach.pass_ms(180_000)
    coach.do_set("five")
    assert "Five at one hundred. Workout finished" in coach.last


def test_a_number_mended_upward_may_be_a_record_and_downward_none(gym) -> None:
    coach = open_gym(gym, bests=before((8, "100"), (8, "95"), (8, "90")))
    coach.do_set("eight")
    assert "record" not in coach.last
    coach.say("no, nine")
    assert coach.last == "Nine at one hundred. Your strongest set yet."
    coach.say("no, seven")
    assert coach.last == "Seven at one hundred."
    coach.say("no, nine")
    assert coach.last == "Nine at one hundred. Your strongest set yet."


def test_nothing_is_a_record_the_first_times(gym) -> None:
    coach = open_gym(gym, bests=before((5, "60"), (5, "65")))
    coach.do_set("six")
    assert coach.last.startswith("Six at one hundred. Rest")


def test_a_warm_up_set_is_never_a_record(gym, make_block) -> None:
    warm = replace(
        make_block(),
        sets=(
            SetPrescription(target=RepTarget(5, 5), load=Load.kg(100), kind=SetKind.WARMUP),
            SetPrescription(target=RepTarget(5, 5), load=Load.kg(100)),
        ),
    )
    coach = open_gym(gym, warm, bests=OFTEN)
    coach.do_set("five")
    assert "record" not in coach.last
    coach.pass_ms(180_000)
    coach.do_set("five")
    assert "A record for five reps." in coach.last


def test_a_set_that_hurt_is_never_a_record_and_sets_no_mark(gym) -> None:
    coach = open_gym(gym, bests=OFTEN)
    coach.do_set("nine")
    coach.say("it hurts", "no")
    assert coach.state.standing[-1].result.pain
    coach.do_set("five")
    assert "A record for five reps." in coach.last


def test_a_longer_hold_is_a_record(gym, make_block, exercises) -> None:
    plank = make_block(exercises["plank"], hold=30, load=Load(0))
    bests = before((-20, "0"), (-25, "0"), (-20, "0"), exercise="plank")
    coach = open_gym(gym, plank, bests=bests)
    coach.begin_set()
    coach.pass_ms(30_000)
    assert any("Your longest hold yet." in said for said in coach.said)


def test_pull_ups_beyond_the_most_are_a_record(gym, make_block, exercises) -> None:
    bests = before((5, "0"), (6, "0"), (6, "0"), exercise="pull-up")
    coach = open_gym(gym, make_block(exercises["pull-up"]), bests=bests)
    coach.do_set("seven")
    assert "Seven reps. Your most reps yet." in coach.last


PULLED_UP = before((5, "0"), (6, "0"), (6, "0"), exercise="pull-up", body=Load.kg(80))


def test_pull_ups_have_an_estimate_once_the_body_is_weighed(gym, make_block, exercises) -> None:
    block = make_block(exercises["pull-up"])
    coach = open_gym(gym, block, bests=PULLED_UP, body=Load.kg(80))
    coach.do_set("seven")
    assert "Seven reps. Your strongest set yet." in coach.last
    coach = open_gym(gym, block, bests=PULLED_UP)  # nobody knows what was lifted
    coach.do_set("seven")
    assert "Seven reps. Your most reps yet." in coach.last


def test_the_body_counts_as_it_was_weighed_in_the_session(gym, make_block, exercises) -> None:
    coach = open_gym(gym, make_block(exercises["pull-up"]), bests=PULLED_UP, body=Load.kg(80))
    coach.say("bodyweight eighty four kilos")
    coach.do_set("six")  # as many as ever, with more
    assert "Your strongest set yet." in coach.last


def test_a_variation_has_records_of_its_own(gym, make_block) -> None:
    names = ("conventional", "sumo")
    forms = tuple(Variation(id=name, name=name, changes="stance") for name in names)
    deadlift = Exercise(id="deadlift", name="deadlift", variations=forms)
    known = before((6, "90"), (5, "95"), (8, "80"), variation="conventional")
    for variation, record in ((None, True), (forms[0], True), (forms[1], False)):
        of_form = make_block(deadlift, variation=variation, load=Load.kg(100))
        coach = open_gym(gym, of_form, bests=known)
        coach.do_set("five")
        assert ("A record for five reps." in coach.last) is record


def test_a_record_within_reach_is_made_ready_to_be_said(gym) -> None:
    coach = open_gym(gym, bests=OFTEN)
    texts = [p.text(coach.state.unit) for p in foreseen(coach.state)]
    assert "A record for five reps." in texts
    assert "A record for nine reps." not in texts  # nine were never done
    assert Say.RECORD_STRONGEST.value in texts


@pytest.fixture
def book(chat):
    """A logbook of someone who knows the bench press, and does it with a pause too."""
    bests = before((6, "80"), (8, "75"), (5, "85"), exercise="bench-press")
    opened = Logbook(session_id="book", catalogue=Catalogue.of(Library()), bests=(bests,))
    return chat(LOGGING, opened)


def test_a_record_told_outside_a_routine_is_said_once(book) -> None:
    said = book.say("bench press eight reps at eighty kilos")
    assert said == "Bench press. Eight at eighty. A record for eight reps."
    assert "record" not in book.say("same again")
    assert book.say("no, nine") == "Nine at eighty. Your strongest set yet."
    book.say("undo")
    said = book.say("bench press three sets of eight at eighty two point five kilos")
    assert said.count("A record for eight reps.") == 1


def test_what_was_never_done_before_is_told_without_a_record(book) -> None:
    assert book.say("squat five reps at two hundred kilos") == "Squat. Five at two hundred."
    assert "record" not in book.say("bench press zero reps at two hundred kilos")


def test_a_body_told_in_the_logbook_counts_for_pull_ups(chat) -> None:
    catalogue = Catalogue.of(Library())
    book = chat(LOGGING, Logbook(session_id="book", catalogue=catalogue, bests=(PULLED_UP,)))
    book.say("bodyweight eighty kilos")
    assert "Your strongest set yet." in book.say("pull-up seven reps")
    book.say("undo")
    assert "strongest" not in book.say("pull-up six reps")
