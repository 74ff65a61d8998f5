"""Sets told outside a routine: what is logged and said back, in typed words."""

from __future__ import annotations

import pytest

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.library.exercises import Library
from voicecoach.session.deadlines import PATIENCE, REMINDER_MS
from voicecoach.session.events import (
    Dictated,
    NothingUnderstood,
    ReadingsHeard,
    SessionInterrupted,
)
from voicecoach.session.facts import (
    AliasTaught,
    BodyweightLogged,
    EntryVoided,
    NoteTaken,
    SessionFinished,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Catalogue, LastTime, Logbook
from voicecoach.units import Load

CATALOGUE = Catalogue.of(Library(), {"the bear": ("bear-hold", None), "gone": ("no-such", None)})
LAST = LastTime(
    key="bench-press",
    days_ago=3,
    sets=(SetResult(reps=8, load=Load.kg(80)), SetResult(reps=7, load=Load.kg(80))),
)


@pytest.fixture
def book(chat):
    return chat(LOGGING, Logbook(session_id="book", catalogue=CATALOGUE, last_times=(LAST,)))


def sets(book) -> list[tuple[str, int | None, str | None]]:
    """The sets that stand: exercise, reps or seconds, load in kilograms."""
    return [
        (
            one.key,
            one.result.hold_s if one.result.reps is None else one.result.reps,
            None if one.result.load is None else f"{one.result.load.grams / 1000:g}",
        )
        for one in book.state.sets
    ]


@pytest.mark.parametrize(
    ("line", "logged", "said"),
    [
        (
            "bench press eight reps at eighty kilos",
            [("bench-press", 8, "80")],
            "Bench press. Eight at eighty.",
        ),
        ("log bench press 8 at 80", [("bench-press", 8, "80")], "Bench press. Eight at eighty."),
        (
            "bench press 8 at 175 lb",
            [("bench-press", 8, "79.379")],
            "Bench press. Eight at one hundred and seventy five pounds.",
        ),
        (
            "bench press 3x8 @ 80kg",
            [("bench-press", 8, "80")] * 3,
            "Bench press. Three sets. Eight",
        ),
        (
            "three reps of deadlift at 140",
            [("deadlift", 3, "140")],
            "Deadlift. Three at one hundred",
        ),
        ("deads for five", [("deadlift", 5, None)], "Deadlift. Five reps."),
        ("sumo deadlift 5 at 120", [("deadlift/sumo", 5, "120")], "Sumo deadlift. Five at"),
        ("pull ups ten", [("pull-up", 10, "0")], "Pull-up. Ten reps."),
        ("pull-up 5 at 10 kilos", [("pull-up", 5, "10")], "Pull-up. Five at ten."),
        ("plank sixty seconds", [("plank", 60, "0")], "Plank. One minute held."),
        ("plank sixty", [("plank", 60, "0")], "Plank. One minute held."),
        ("the bear for forty five seconds", [("bear-hold", 45, "0")], "Bear hold. Forty five"),
        ("squat 5, 5, 4 @ 100kg rpe 8", [("squat", n, "100") for n in (5, 5, 4)], "Squat. Five at"),
    ],
)
def test_a_set_is_logged_and_said_back(book, line: str, logged, said: str) -> None:
    assert book.say(line).startswith(said)
    assert sets(book) == logged


@pytest.mark.parametrize(
    ("lines", "logged"),
    [
        (("same again",), [8, 8]),
        (("two more sets",), [8, 8, 8]),
        (("one more set", "the same"), [8, 8, 8]),
        (("no, seven",), [7]),
        (("make it nine",), [9]),
        (("two more sets", "no, seven"), [8, 7, 7]),  # all that was told at once
        (("two more sets", "undo"), [8]),
        (("undo",), []),
        (("same again", "undo", "undo"), []),
        (("seven reps",), [8, 7]),
        (("3x5",), [8, 5, 5, 5]),
        (("done six",), [8, 6]),
    ],
)
def test_what_follows_a_set_goes_on_from_it(book, lines: tuple[str, ...], logged) -> None:
    book.say("bench press eight at eighty", *lines)
    assert sets(book) == [("bench-press", reps, "80") for reps in logged]


def test_sets_are_numbered_within_their_exercise(book) -> None:
    book.say("bench press 8 at 80", "squat 5 at 100", "bench press 2x7 @ 80kg")
    numbers = [(one.fact.exercise, one.fact.number) for one in book.state.sets]
    assert numbers == [("bench-press", 1), ("squat", 1), ("bench-press", 2), ("bench-press", 3)]
    assert len({one.fact.set_id for one in book.state.sets}) == 4
    assert book.say("same again").endswith("Set four.")


def test_another_load_is_told_afterwards_and_stays(book) -> None:
    book.say("bench press 8 at 80", "make it eighty five kilos", "seven reps")
    assert sets(book) == [("bench-press", 8, "85"), ("bench-press", 7, "85")]


def test_how_hard_it_was_belongs_to_the_last_set(book) -> None:
    assert book.say("bench press 2x8 @ 80kg", "rpe eight") == "R P E eight."
    book.say("too easy")
    first, last = book.state.sets
    assert (first.result.rpe, first.result.effort) == (None, None)
    assert (str(last.result.rpe.value), last.result.effort) == ("8", "easy")
    assert book.say("same again").startswith("Eight at eighty.")
    assert book.state.sets[-1].result.rpe is None  # of the next one nobody has said so


def test_pain_marks_the_set_and_names_a_doctor(book) -> None:
    assert "see a doctor" in book.say("bench press 8 at 80", "it hurts")
    assert book.state.sets[-1].result.pain


def test_the_wrong_exercise_is_put_right_with_all_its_sets(book) -> None:
    book.say("bench press 2x8 @ 80kg", "no, incline bench press")
    assert sets(book) == [("incline-bench-press", 8, "80")] * 2
    assert [type(fact) for fact in book.facts] == [SetLogged] * 2 + [SetVoided] * 2 + [
        SetLogged
    ] * 2


def test_an_exercise_by_itself_is_asked_how_much(book) -> None:
    assert book.say("bench press") == "How many reps did you get?"
    assert book.say("eight") == "Bench press. Eight reps."
    assert book.say("plank") == "How many seconds did you hold?"
    assert book.say("ninety seconds") == "Plank. Ninety seconds held."
    assert book.say("squat at one hundred") == "How many reps did you get?"
    book.say("three sets of five")
    assert sets(book)[2:] == [("squat", 5, "100")] * 3


def test_a_set_of_no_exercise_is_asked_which(book) -> None:
    assert book.say("eight reps at eighty") == "Which exercise?"
    assert book.say("bench press") == "Bench press. Eight at eighty."


def test_a_name_that_nobody_knows_is_asked_about_once_and_remembered(book) -> None:
    assert book.say("benchpres 8 at 80") == "Did you say bench press?"
    assert book.say("yes") == "I will remember that. Bench press. Eight at eighty."
    assert book.facts[0] == AliasTaught(at_ms=0, name="benchpres", exercise="bench-press")
    assert book.say("benchpres 7 at 80") == "Seven at eighty. Set two."


def test_another_exercise_than_the_guessed_one_is_remembered(book) -> None:
    assert book.say("larsen press 8 at 60") == "Did you say leg press?"
    assert book.say("no") == "Which exercise?"
    book.say("close grip bench press")
    assert book.say("larsen press 7 at 60") == "Seven at sixty. Set two."
    assert sets(book) == [("close-grip-bench-press", 8, "60"), ("close-grip-bench-press", 7, "60")]


def test_a_name_like_no_other_is_asked_for_where_it_was_typed(book) -> None:
    assert book.say("qwzx 8 at 60") == "I do not know qwzx. Which exercise?"
    assert book.say("no") == "Left out."
    assert sets(book) == []
    assert book.facts == []


def test_talk_of_others_is_left_alone(book) -> None:
    said = len(book.said)
    for text in ("can I have a coffee", "qwzx 8", "I told him the other day", ""):
        book.take(Dictated(0, text))
    book.take(NothingUnderstood(0))
    assert len(book.said) == said


def test_what_was_half_heard_is_asked_about(book) -> None:
    guess = Intent(name=I.LOG, exercise="squat", reps=5, load=Load.kg(100))
    book.take(Dictated(0, "", guess=guess))
    assert book.said[-1] == "Did you say squat?"
    assert book.say("yes") == "Squat. Five at one hundred."
    assert not any(isinstance(fact, AliasTaught) for fact in book.facts)


def test_of_two_exercises_that_sound_alike_it_asks_which(book) -> None:
    readings = tuple(
        Intent(name=I.LOG, exercise=one, reps=8) for one in ("bench-press", "leg-press")
    )
    book.take(ReadingsHeard(0, readings))
    assert book.said[-1] == "Bench press, or leg press?"
    assert book.say("leg press") == "Leg press. Eight reps."


def test_of_two_numbers_that_sound_alike_it_asks_which(book) -> None:
    readings = tuple(Intent(name=I.LOG, exercise="squat", reps=reps) for reps in (13, 30))
    book.take(ReadingsHeard(0, readings))
    assert book.said[-1] == "Thirteen, or thirty?"
    assert book.say("thirteen") == "Squat. Thirteen reps."


@pytest.mark.parametrize(
    "line", ["squat 300 reps", "squat 5 at 1000 kg", "plank 20000 s", "squat 8 at 2000 lbs"]
)
def test_what_is_hard_to_believe_is_asked_about_first(book, line: str) -> None:
    assert book.say(line).endswith("Is that right?")
    assert book.facts == []
    book.say("no")
    assert sets(book) == []
    book.say(line, "yes")
    assert len(sets(book)) == 1


def test_bodyweight_is_kept_mended_and_asked_about(book) -> None:
    assert book.say("bodyweight eighty two point five") == "You weigh eighty two point five kilos."
    book.say("no, eighty three kilos")
    assert book.state.standing[-1].fact.weight == Load.kg(83)
    assert book.say("i weigh three hundred and ten").endswith("Is that right?")
    book.say("no", "undo")
    assert book.state.standing == ()
    assert [type(fact) for fact in book.facts] == [
        BodyweightLogged, EntryVoided, BodyweightLogged, EntryVoided,
    ]  # fmt: skip


def test_a_note_belongs_to_the_set_before_it(book) -> None:
    assert book.say("note: slept badly") == "Noted: slept badly."
    book.say("bench press 8 at 80", "Note: left shoulder tight.")
    notes = [fact for fact in book.facts if isinstance(fact, NoteTaken)]
    assert [(one.text, one.set_id) for one in notes] == [
        ("slept badly", None),
        ("left shoulder tight", "book/2"),
    ]
    assert book.say("undo") == "Taken back: the note."
    assert sets(book) == [("bench-press", 8, "80")]


def test_after_the_word_note_anything_is_a_note(book) -> None:
    assert book.say("note") == "What shall I note?"
    assert book.say("8 reps felt like 9") == "Noted: 8 reps felt like 9."
    assert book.say("take a note", "undo") == "Left out."


def test_an_ear_that_cannot_write_says_so(book) -> None:
    book.say("note")
    book.take(Dictated(0, ""))
    assert book.said[-1] == "I cannot write that down."
    assert book.state.pending is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("what did I do last", "Bench press, three days ago. Eight at eighty. Seven at eighty."),
        ("last time on bench press", "Bench press, three days ago. Eight at eighty."),
        ("what did I do last time on squats", "There is no squat in your log."),
    ],
)
def test_the_time_before_is_told(book, line: str, said: str) -> None:
    assert book.say(line).startswith(said)
    assert book.facts == []


def test_the_exercise_spoken_of_is_the_one_asked_for(book) -> None:
    assert book.say("squat 5 at 100", "what did I do last") == "There is no squat in your log."


@pytest.mark.parametrize("line", ["done", "stop", "finish workout", "I'm finished"])
def test_done_closes_the_logbook(book, line: str) -> None:
    assert book.say("bench press 2x8 @ 80kg", line) == "Logged: two sets."
    assert book.state.ended
    assert isinstance(book.facts[-1], SessionFinished)


def test_a_logbook_with_nothing_in_it_leaves_nothing(book) -> None:
    assert book.say("done") == "No set was logged."
    assert book.facts == []


@pytest.mark.parametrize(
    "line", ["same again", "two more sets", "rpe eight", "no, seven", "it hurts"]
)
def test_nothing_can_be_said_of_a_set_that_is_not_there(book, line: str) -> None:
    assert book.say(line) in ("Tell me a set first.", "There is no set to change yet.")
    assert book.facts == []


def test_undo_of_nothing_says_so_and_of_a_question_drops_it(book) -> None:
    assert book.say("undo") == "There is nothing to take back."
    assert book.say("bench press", "undo") == "Left out."
    assert book.facts == []


def test_a_set_that_could_not_be_kept_is_not_confirmed(book) -> None:
    book.fails = {SetLogged}
    assert book.say("bench press 8 at 80") == "I could not save that. Say it once more."
    assert sets(book) == []
    book.fails = set()
    assert book.say("bench press 8 at 80") == "Bench press. Eight at eighty."


def test_a_logbook_that_cannot_be_closed_in_the_log_ends_all_the_same(book) -> None:
    book.say("bench press 8 at 80")
    book.fails = {SessionFinished}
    assert book.say("done") == "I could not save that."
    assert book.state.ended


def test_it_listens_for_half_an_hour_without_a_word(book) -> None:
    book.say("bench press 8 at 80")
    said = len(book.said)
    book.pass_ms(PATIENCE * REMINDER_MS - 1)
    assert len(book.said) == said
    book.pass_ms(1)
    assert book.said[-1] == "Logged: one set."


def test_leaving_closes_it_without_a_word(book) -> None:
    book.say("bench press 8 at 80")
    said = len(book.said)
    book.take(SessionInterrupted(0))
    assert isinstance(book.facts[-1], SessionFinished)
    assert len(book.said) == said


def test_mending_is_a_fact_of_its_own(book) -> None:
    book.say("bench press 8 at 80", "no, seven at 75")
    assert book.facts[-1] == SetAmended(
        at_ms=0, set_id="book/1", result=SetResult(reps=7, load=Load.kg(75))
    )


def test_a_removed_exercise_takes_its_alias_with_it() -> None:
    assert "gone" not in CATALOGUE.names


def test_every_name_of_the_library_can_be_said_and_means_its_own_exercise() -> None:
    for exercise in Library():
        for name in exercise.spoken_names:
            key = CATALOGUE.names[name]
            assert CATALOGUE.forms[key].exercise == exercise.id, name
