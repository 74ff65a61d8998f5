"""Whatever the athlete says and whenever: the coach neither breaks nor invents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language.intents import Intent, IntentName
from voicecoach.session.effects import Record, Speak
from voicecoach.session.events import (
    DeadlineReached,
    IntentHeard,
    NothingUnderstood,
    ReadingsHeard,
    SessionInterrupted,
    SpeechEnded,
)
from voicecoach.session.facts import SessionStarted
from voicecoach.session.machine import deadline, step, vocabulary
from voicecoach.session.phases import Ended
from voicecoach.session.resume import resume
from voicecoach.training.prescription import CountMode, Drops, SetKind, Warmup
from voicecoach.units import Load, Rpe

intents = st.builds(
    Intent,
    name=st.sampled_from(IntentName),
    reps=st.none() | st.integers(0, 100),
    load=st.none() | st.builds(Load, st.integers(0, 400_000)),
    seconds=st.none() | st.integers(1, 600),
    rpe=st.none() | st.sampled_from([Rpe(Decimal(n)) for n in (5, 8, 10)]),
    exercise=st.none() | st.sampled_from(["chin-up", "nothing"]),
)
moves = st.lists(
    st.tuples(
        st.sampled_from(
            [*["answer", "fit", "wait"] * 3, "say", "speech", "noise", "either"],
        ),
        intents,
        st.integers(0, 30_000),
    ),
    min_size=10,
    max_size=80,
)


def opened(gym, make_block, exercises, script):
    """Open a session that has a bit of everything, and begins with any of it."""
    press, pull_up, lunge = (exercises[e] for e in ("bench-press", "pull-up", "split-squat"))
    lighter = {"warmup": Warmup(), "drops": Drops(count=2, after_each=True)}
    blocks = (
        make_block(press, asks_load=True, reps=(3, 5), rest_s=30, superset="A", **lighter),
        make_block(pull_up, count=CountMode.PACED, instead=(exercises["chin-up"],), superset="A"),
        make_block(lunge, sets=1, count=CountMode.PACED, reps=(2, 2)),
        make_block(pull_up, interval_s=20, reps=(2, 3)),
        make_block(pull_up, sets=6, reps=(3, 3), superset="B", amrap_s=60),
        make_block(lunge, sets=6, reps=(2, 2), superset="B", amrap_s=60),
        make_block(exercises["plank"], hold=15, sets=1, by_side=True),
        make_block(count=CountMode.ALOUD, load=Load.kg(60), asks_rpe=True, sets=1),
    )
    first = script[0][2] % len(blocks)
    return gym(*blocks[first:], *blocks[:first], ask_injury=True, warmup_s=60)


def play(gym, make_block, exercises, script):
    """Play a random session; return it with every fact and every event instant."""
    g = opened(gym, make_block, exercises, script)
    for kind, intent, ms in script:
        if isinstance(g.state.phase, Ended):
            break
        match kind:
            case "answer":  # what the coach waits for
                answers = sorted(vocabulary(g.state).expects.answers, key=lambda name: name.value)
                if answers:
                    g.take(IntentHeard(g.now_ms, replace(intent, name=answers[ms % len(answers)])))
            case "fit":  # something that may be said just now
                legal = sorted(vocabulary(g.state).intents, key=lambda name: name.value)
                if legal:
                    g.take(IntentHeard(g.now_ms, replace(intent, name=legal[ms % len(legal)])))
            case "say":
                g.take(IntentHeard(g.now_ms, intent))
            case "wait":
                g.pass_ms(ms)
            case "speech":
                g.take(SpeechEnded(g.now_ms, ms % 50, interrupted=bool(ms % 2)))
            case "noise":
                g.take(NothingUnderstood(g.now_ms, certain=bool(ms % 2)))
            case "either":
                g.take(ReadingsHeard(g.now_ms, (intent, intent)))
    return g


@given(moves)
def test_no_session_ever_breaks(gym, make_block, exercises, script) -> None:
    g = play(gym, make_block, exercises, script)
    if not isinstance(g.state.phase, Ended):
        g.take(SessionInterrupted(g.now_ms))
    assert deadline(g.state) is None
    assert vocabulary(g.state).intents == frozenset()


@given(moves)
def test_the_facts_alone_lead_to_the_same_log(gym, make_block, exercises, script) -> None:
    g = play(gym, make_block, exercises, script)
    original = opened(gym, make_block, exercises, script).state.plan
    facts = [SessionStarted(at_ms=0, plan=original), *g.facts]
    again = resume("session", g.state.started_at, facts)
    assert [s.result for s in again.standing] == [s.result for s in g.state.standing]
    assert again.position == g.state.position
    assert again.side == g.state.side
    assert again.plan.blocks == g.state.plan.blocks


@given(moves)
def test_time_never_runs_backwards_in_the_log(gym, make_block, exercises, script) -> None:
    g = play(gym, make_block, exercises, script)
    instants = [fact.at_ms for fact in g.facts]
    assert instants == sorted(instants)


@given(moves)
def test_no_number_is_logged_that_was_neither_said_nor_counted(
    gym, make_block, exercises, script
) -> None:
    g = play(gym, make_block, exercises, script)
    said = {i.reps for kind, i, _ in script if kind in ("answer", "fit", "say", "either")}
    said |= {i.seconds for kind, i, _ in script if kind in ("answer", "fit", "say", "either")}
    for logged in g.state.standing:
        counted_by_coach = logged.fact.source in ("paced", "timer")
        if logged.fact.source == "prescribed":  # a warm-up, or rounds that nothing holds up
            in_rounds = g.state.plan.blocks[logged.fact.block].amrap_s is not None
            assert in_rounds or logged.fact.kind is SetKind.WARMUP
            continue
        for amount in (logged.result.reps, logged.result.hold_s):
            assert amount is None or amount in said or counted_by_coach


@given(moves)
def test_what_is_confirmed_was_recorded_in_the_same_breath(
    gym, make_block, exercises, script
) -> None:
    g = play(gym, make_block, exercises, script)
    for n, effect in enumerate(g.effects):
        if isinstance(effect, Record):
            following = g.effects[n:]
            assert any(isinstance(e, Speak) for e in following) or isinstance(g.state.phase, Ended)


@given(intents)
def test_a_step_is_a_pure_function(gym, intent) -> None:
    g = gym()
    event = IntentHeard(g.now_ms, intent)
    assert step(g.state, event) == step(g.state, event)


def test_a_deadline_that_is_not_due_is_the_drivers_mistake(gym) -> None:
    g = gym()
    with pytest.raises(RuntimeError, match="deadline"):
        step(g.state, DeadlineReached(1))
