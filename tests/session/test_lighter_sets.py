"""Warm-up sets before the working sets, and drop sets after them."""

from __future__ import annotations

import pytest

from voicecoach.session.facts import SessionStarted, SetLogged
from voicecoach.session.machine import vocabulary
from voicecoach.session.resume import resume
from voicecoach.session.summary import advice
from voicecoach.training.prescription import CountMode, Drops, ProgressRule, SetKind, Warmup
from voicecoach.units import Load


def loads(g, block: int = 0) -> list[tuple[str, float]]:
    """The kind and the load of each set of a block, as the plan stands."""
    sets = g.state.plan.blocks[block].sets
    return [(one.kind.value, one.load.grams / 1000 if one.load else 0.0) for one in sets]


@pytest.fixture
def warming(gym, make_block, exercises):
    """Two sets of bench press at eighty, with warm-up sets before them."""
    return gym(
        make_block(exercises["bench-press"], load=Load.kg(80), warmup=Warmup(), all_cues=True)
    )


def test_warm_up_sets_rise_to_the_working_sets(warming) -> None:
    assert loads(warming) == [
        ("warmup", 20),
        ("warmup", 30),
        ("warmup", 50),
        ("warmup", 60),
        ("working", 80),
        ("working", 80),
    ]


def test_a_warm_up_is_announced_in_short_and_taken_as_told(warming) -> None:
    assert warming.last.endswith(
        "Bench press, warm-up one of four. Ten reps at twenty kilos. Say ready."
    )
    warming.begin_set()
    warming.say("done")
    assert warming.last == "Ten at twenty. Rest one minute. Then thirty kilos."
    logged = warming.facts[-1]
    assert isinstance(logged, SetLogged)
    assert (logged.kind, logged.source) == (SetKind.WARMUP, "prescribed")


def test_a_warm_up_that_went_otherwise_is_mended(warming) -> None:
    warming.begin_set()
    warming.say("done", "no, eight")
    assert warming.reps() == [8]


def test_the_working_sets_are_counted_by_themselves(warming) -> None:
    for _ in range(4):
        warming.begin_set()
        warming.say("done", "skip rest")
    assert "Bench press, set one of two. Four to six reps at eighty kilos." in warming.last


def test_an_only_working_set_is_told_from_its_warm_ups(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["bench-press"], sets=1, load=Load.kg(40), warmup=Warmup()))
    for _ in range(2):
        g.begin_set()
        g.say("done", "skip rest")
    assert "Bench press, working set. Four to six reps at forty kilos." in g.last


def test_what_was_only_warmed_up_is_no_set_of_the_workout(warming) -> None:
    warming.begin_set()
    warming.say("done", "finish workout", "yes")
    assert "Workout finished: one warm-up set in " in warming.last


def test_warm_ups_are_not_among_the_sets_of_a_workout(warming) -> None:
    for _ in range(4):
        warming.begin_set()
        warming.say("done", "skip rest")
    warming.do_set("six")
    warming.say("skip rest")
    warming.do_set("six")
    assert "Workout finished: two sets in " in warming.last


def test_all_cues_come_before_the_first_working_set(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), warmup=Warmup()))
    assert "Feet under the bar." not in g.said[0]
    while g.state.prescription.kind is SetKind.WARMUP:
        g.begin_set()
        g.say("done", "skip rest")
    assert "Feet under the bar. Push the floor away." in g.last


def test_warm_ups_do_not_speak_for_progress(gym, make_block, exercises) -> None:
    g = gym(
        make_block(
            exercises["bench-press"],
            sets=1,
            load=Load.kg(80),
            warmup=Warmup(),
            drops=Drops(count=1),
            progress=ProgressRule(rule="double"),
        )
    )
    for _ in range(4):
        g.begin_set()
        g.say("done", "skip rest")
    g.do_set("six")
    g.do_set("nine")
    (after,) = advice(g.state)
    assert "One set reached six" in after[1] or "set reached six" in after[1]
    assert after[0].load == Load.kg("82.5")


def test_the_ramp_waits_for_the_load(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["bench-press"], asks_load=True, warmup=Warmup()))
    assert g.last.endswith("What weight for the bench press?")
    g.say("eighty")
    assert "Bench press at eighty kilos. Bench press, warm-up one of four." in g.last


def test_a_light_load_has_no_warm_up(gym, make_block, exercises) -> None:
    g = gym(make_block(exercises["bench-press"], asks_load=True, warmup=Warmup()))
    g.say("twenty")
    assert "Bench press, set one of two." in g.last


def test_a_load_named_before_the_first_set_makes_the_ramp_anew(warming) -> None:
    warming.say("use forty kilos")
    assert warming.last == "Working sets at forty kilos."
    assert loads(warming) == [("warmup", 20), ("warmup", 30), ("working", 40), ("working", 40)]


def test_a_load_named_on_the_way_leaves_the_ramp_that_is_begun(warming) -> None:
    warming.begin_set()
    warming.say("done", "use ninety kilos")
    assert [load for _, load in loads(warming)] == [20, 30, 50, 60, 90, 90]


def test_a_warm_up_that_became_too_heavy_is_left_out(warming) -> None:
    warming.begin_set()
    warming.say("done", "use forty five kilos")
    assert [load for _, load in loads(warming)] == [20, 30, 45, 45]


def test_another_exercise_in_its_place_asks_for_its_load(gym, make_block, exercises) -> None:
    g = gym(
        make_block(
            exercises["pull-up"],
            load=Load.kg(80),
            warmup=Warmup(),
            instead=(exercises["bench-press"],),
        )
    )
    g.say("bench press instead")
    assert g.last == "Bench press it is. What weight for the bench press?"
    g.say("sixty")
    assert loads(g)[-2:] == [("working", 60), ("working", 60)]


@pytest.fixture
def dropping(gym, make_block, exercises):
    """One set of bench press at eighty, two drops after it, then a pull-up."""
    return gym(
        make_block(exercises["bench-press"], sets=1, load=Load.kg(80), drops=Drops(count=2)),
        make_block(exercises["pull-up"], sets=1),
    )


def test_drops_follow_without_rest_and_each_is_lighter(dropping) -> None:
    assert loads(dropping) == [("working", 80), ("drop", 62.5), ("drop", 50)]
    dropping.do_set("six")
    assert dropping.last == (
        "Six at eighty. Bench press, drop one of two. "
        "As many reps as you can at sixty two point five kilos. Say ready."
    )
    dropping.do_set("five")
    assert "Bench press, drop two of two." in dropping.last
    dropping.do_set("four")
    assert dropping.last == "Four at fifty. Rest three minutes. Then pull-up."
    kinds = [fact.kind for fact in dropping.facts if isinstance(fact, SetLogged)]
    assert kinds == [SetKind.WORKING, SetKind.DROP, SetKind.DROP]


def test_a_drop_may_take_as_many_reps_as_there_are(dropping) -> None:
    dropping.do_set("six")
    dropping.begin_set()
    dropping.pass_ms(60_000)
    assert dropping.last != "Say done when you are."
    assert vocabulary(dropping.state).expects.reps == (1, 13)


def test_a_drop_is_undone_mended_and_skipped_as_any_set(dropping) -> None:
    dropping.do_set("six")
    dropping.do_set("five")
    dropping.say("undo")
    assert dropping.last.startswith("Taken back: bench press, drop one.")
    dropping.say("seven")
    assert dropping.reps() == [6, 7]
    dropping.say("skip set")
    assert dropping.state.block.exercise.id == "pull-up"


def test_skipping_a_working_set_skips_its_drops(dropping) -> None:
    dropping.say("skip set")
    assert dropping.state.block.exercise.id == "pull-up"
    dropping.say("undo")
    assert dropping.last.startswith("Taken back: bench press, working set.")
    dropping.do_set("six")
    assert "Bench press, drop one of two." in dropping.last


def test_only_the_drops_of_the_set_that_is_skipped_go_with_it(gym, make_block, exercises) -> None:
    drops = Drops(count=1, after_each=True)
    g = gym(make_block(exercises["bench-press"], load=Load.kg(80), drops=drops))
    g.say("skip set")
    assert "Bench press, set two of two." in g.last
    g.do_set("six")
    assert "Bench press, drop set." in g.last


def test_a_session_that_goes_on_knows_of_the_drops_that_were_skipped(dropping) -> None:
    dropping.say("skip set")
    started = SessionStarted(at_ms=0, plan=dropping.state.plan)
    again = resume("session", dropping.state.started_at, [started, *dropping.facts])
    assert again.position == (1, 0)


def test_the_drops_follow_the_load_that_was_lifted(dropping) -> None:
    dropping.say("use sixty kilos")
    assert loads(dropping) == [("working", 60), ("drop", 47.5), ("drop", 37.5)]


def test_without_a_load_a_drop_only_says_lighter(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["bench-press"], sets=1, asks_load=True, drops=Drops(count=1)),
        make_block(exercises["pull-up"], sets=1),
    )
    g.say("no")
    g.do_set("six")
    assert "Take some weight off, and do as many reps as you can." in g.last


def test_nothing_lighter_means_no_drop(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["bench-press"], sets=1, load=Load.kg(20), drops=Drops(count=2)),
        make_block(exercises["pull-up"], sets=1),
    )
    assert loads(g) == [("working", 20)]


def test_a_paced_drop_is_counted_until_done(gym, make_block, exercises) -> None:
    g = gym(
        make_block(
            exercises["bench-press"],
            sets=1,
            reps=(3, 3),
            load=Load.kg(80),
            drops=Drops(count=1),
            count=CountMode.PACED,
        )
    )
    g.begin_set()
    g.pass_ms(9000)
    g.begin_set()
    g.pass_ms(15_500)
    g.say("done")
    assert g.reps() == [3, 5]


def test_the_facts_alone_lead_to_the_same_sets(warming) -> None:
    plan = warming.state.plan
    warming.say("use sixty kilos")
    warming.begin_set()
    warming.say("done", "use fifty kilos")
    facts = [SessionStarted(at_ms=0, plan=plan), *warming.facts]
    again = resume("session", warming.state.started_at, facts)
    assert again.plan == warming.state.plan
    assert again.position == warming.state.position
