"""The coach answers what it is asked, and changes its manner."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import Intent, IntentName
from voicecoach.session.effects import AdjustRate, AdjustVolume
from voicecoach.session.events import IntentHeard, NothingUnderstood
from voicecoach.session.phases import AskingReps
from voicecoach.session.vocabulary import HANDFUL, vocabulary
from voicecoach.training.prescription import CountMode
from voicecoach.units import Load


def test_how_long_left_in_the_rest(gym) -> None:
    g = gym()
    g.do_set("five")
    g.pass_ms(50_000)
    g.say("how long left")
    assert g.last == "Two minutes ten."


def test_thirty_seconds_more(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("add thirty seconds", "how long left")
    assert g.last == "Three minutes thirty."


def test_whats_next_and_how_many_left(gym, make_block, exercises) -> None:
    g = gym(make_block(load=Load.kg(100)), make_block(exercises["pull-up"]))
    g.do_set("five")
    g.say("what's next")
    assert g.last == "Next: deadlift, set two of two. Four to six reps at one hundred kilos."
    g.say("how many left")
    assert g.last == "One set of deadlift. Then pull-up."


def test_cues_on_demand(gym) -> None:
    g = gym()
    g.do_set("five")
    g.say("how do I do this")
    assert g.last == "Feet under the bar. Push the floor away."


def test_repeat_says_the_last_thing_again(gym) -> None:
    g = gym()
    announced = g.last
    g.say("repeat")
    assert g.last == announced


def test_louder_and_faster_outside_a_count_change_the_voice(gym) -> None:
    g = gym()
    g.say("louder", "faster")
    assert AdjustVolume(3.0) in g.effects
    assert AdjustRate(10) in g.effects


def test_help_names_what_can_be_said_now(gym) -> None:
    g = gym()
    g.say("help")
    assert g.last.startswith("You can say: ready; done, or: done eight; no, seven; undo;")
    g.do_set("five")
    g.say("help")
    assert g.last == (
        "You can say: ready; skip rest; no, seven; undo; add thirty seconds; weight eighty; "
        "it hurts; how long left."
    )


def test_a_typed_line_that_makes_no_sense_gets_a_short_reply(gym) -> None:
    g = gym()
    g.say("flibbertigibbet")
    assert g.said[-2] == "I did not get that."


def test_noise_that_makes_no_sense_is_not_answered(gym) -> None:
    g = gym()
    said = len(g.said)
    g.take(NothingUnderstood(g.now_ms))
    assert len(g.said) == said


def test_what_silences_the_coach_is_urgent_while_it_speaks_or_counts(gym, make_block) -> None:
    silencing = {IntentName.STOP, IntentName.PAUSE}
    g = gym(make_block(count=CountMode.PACED))
    assert vocabulary(replace(g.state, speaking=True)).expects.urgent == silencing
    assert vocabulary(replace(g.state, speaking=False)).expects.urgent == frozenset()
    g.begin_set()
    assert vocabulary(g.state).expects.urgent == silencing
    assert IntentName.SOFTER not in vocabulary(g.state).intents


def test_while_the_coach_speaks_only_a_handful_is_heard(gym) -> None:
    g = gym()
    mending = {IntentName.AMEND, IntentName.UNDO}
    announcing = replace(g.state, speaking=True)
    assert vocabulary(announcing).intents == HANDFUL | mending | {IntentName.READY}
    assert IntentName.SKIP in vocabulary(g.state).intents
    g.begin_set()
    g.say("done")
    asking = replace(g.state, speaking=True)
    assert vocabulary(asking).intents == HANDFUL | mending


def test_what_does_not_fit_changes_nothing(gym) -> None:
    g = gym()
    g.begin_set()
    g.say("done")
    before = g.state
    g.take(IntentHeard(g.now_ms, Intent(name=IntentName.SKIP_REST)))
    assert g.state == before
    assert isinstance(g.state.phase, AskingReps)
