"""The moment of a session that a recording belongs to, and what is meant by it there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from functools import cache

from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.parser import everything, parse, typed_words
from voicecoach.language.template import Alternatives, Sequence, Slot, Word
from voicecoach.language.vocabulary import Expectation, Vocabulary
from voicecoach.session.phases import (
    AskingLoad,
    AskingReps,
    AwaitingReady,
    OfferingSkip,
    Paused,
    Phase,
    Resting,
    Working,
)
from voicecoach.session.resume import begin
from voicecoach.session.vocabulary import vocabulary
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)

EXERCISES = (
    "bench press", "squat", "squats", "deadlift", "deadlifts", "push up", "push ups", "pull up",
    "pull ups", "chin up", "chin ups", "dumbbell row", "dumbbell rows", "overhead press",
    "lat pulldown", "leg press", "lunge", "lunges", "plank",
)  # fmt: skip
"""Exercises that can be named where sets are logged by name."""


class Legal(Enum):
    """What is legal when a recording is heard."""

    ANY = "any"
    """Everything at once."""

    AUTO = "auto"
    """What is legal in the state that the recording belongs to."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What may be said, and what is meant by the recording; None for what is not for the coach.

    `unit` is a word after a number that only this corpus says: "eight ounce".
    """

    vocabulary: Vocabulary
    intent: Intent | None
    unit: str = ""


def moment_of(text: str, legal: Legal) -> Moment | None:
    """Return the moment at which `text` is said; None where it says nothing to the coach."""
    words = typed_words(text)
    every = _everything()
    unit = ""
    meant = parse(words, every)
    if not meant and len(words) > 1:
        unit, words = words[-1], words[:-1]
        meant = tuple(intent for intent in parse(words, every) if intent.name is I.NUMBER)
    if not meant:
        return None
    if legal is Legal.ANY:
        return Moment(every, meant[0], unit)
    here = _logging() if meant[0].name is I.LOG else _in_phase(_PHASES.get(meant[0].name, _REST))
    readings = parse(words, here)
    return Moment(here, readings[0], unit) if readings else None


def overheard(legal: Legal) -> Moment:
    """Return the moment at which talk and noise are heard: the rest, when others talk."""
    return Moment(_everything() if legal is Legal.ANY else _in_phase(_REST), None)


def with_unit(grammar: Grammar, unit: str) -> Grammar:
    """Return `grammar` and, besides, every number of it followed by `unit`."""
    number = Sequence((Slot("reps"), Word(unit)))
    return replace(grammar, root=Alternatives((grammar.root, number)))


_REST = Resting(until_ms=120_000)
_PHASES: dict[I, Phase] = {
    I.READY: AwaitingReady(),
    I.DONE: Working(started_ms=0),
    I.YES: OfferingSkip(block=0),
    I.NO: OfferingSkip(block=0),
    I.RESUME: Paused(since_ms=0, within=_REST),
    I.NUMBER: AskingReps(),
    I.REPS: AskingReps(),
    I.LOAD: AskingLoad(),
}
"""Where each thing is said; all the others are said in the rest."""


@cache
def _everything() -> Vocabulary:
    named = tuple((name, name.removesuffix("s").replace(" ", "-")) for name in EXERCISES)
    return everything(exercises=named)


@cache
def _logging() -> Vocabulary:
    """Return what may be said where sets are logged by the names of their exercises."""
    legal = {I.LOG, I.REPS, I.WEIGHT, I.RPE, I.EASY, I.HARD, I.AMEND, I.UNDO, I.REPEAT, I.HELP}
    legal |= {I.LOUDER, I.SOFTER, I.STOP, I.FINISH}
    answers = Expectation(answers=frozenset({I.LOG}))
    return replace(_everything(), intents=frozenset(legal), expects=answers)


@cache
def _in_phase(phase: Phase) -> Vocabulary:
    """Return the session's own vocabulary of a phase, for a set of whatever number and load."""
    bench_press = Exercise(id="bench-press", name="bench press")
    block = BlockPrescription(
        exercise=bench_press,
        sets=(SetPrescription(target=RepTarget(1, 100)),) * 3,
        instead=(Exercise(id="push-up", name="push-up", plural="push-ups"),),
    )
    plan = WorkoutPrescription(routine="bench", name="Bench", workout="A", blocks=(block,))
    state = begin("bench", datetime(2026, 1, 5, 18, 0, tzinfo=UTC), plan, ask_injury=False)
    return vocabulary(replace(state, phase=phase))
