"""Every built-in routine is led to its end by the coach with an athlete who does as told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voicecoach.language.intents import Intent, IntentName
from voicecoach.language.prompts import Say, prompt
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.session.effects import EndSession, Record, Speak
from voicecoach.session.events import (
    DeadlineReached,
    Event,
    IntentHeard,
    SessionOpened,
    SpeechEnded,
)
from voicecoach.session.facts import SessionFinished, SetLogged
from voicecoach.session.machine import deadline, step
from voicecoach.session.phases import AskingInjury, AskingLoad, AskingReps, AwaitingReady, Working
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.training.order import places
from voicecoach.training.planning import Log, plan
from voicecoach.training.prescription import RepTarget, WorkoutPrescription
from voicecoach.units import Load, Unit

LIBRARY = Library()
ROUTINES = Routines(LIBRARY)
WORKOUTS = [
    (file.id, workout.name)
    for file in ROUTINES.files()
    for workout in ROUTINES.load(file.id).workouts
]
THREE_HOURS_MS = 3 * 3600 * 1000


class Obedient:
    """One session, its time moved from deadline to deadline."""

    def __init__(self, prescription: WorkoutPrescription) -> None:
        now = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
        self.state: State = begin("session", now, prescription, ask_injury=True)
        self.now_ms = 0
        self.logged: list[SetLogged] = []
        self.said: list[str] = []
        self.finished: SessionFinished | None = None
        self.ended = False

    def train(self) -> None:
        self.take(SessionOpened(0))
        while not self.ended:
            answer = self.answer()
            if answer is not None:
                self.take(IntentHeard(self.now_ms, answer))
                continue
            due = deadline(self.state)
            assert due is not None, f"nothing would ever happen again in {self.state.phase}"
            self.now_ms = max(self.now_ms, due)
            assert self.now_ms < THREE_HOURS_MS
            self.take(DeadlineReached(self.now_ms))

    def answer(self) -> Intent | None:
        """Return what a willing athlete says at this moment."""
        match self.state.phase:
            case AskingInjury():
                return Intent(name=IntentName.NO)
            case AskingLoad():
                return Intent(name=IntentName.LOAD, load=Load.kg(40))
            case AwaitingReady():
                return Intent(name=IntentName.READY)
            case Working(grid=None):
                return Intent(name=IntentName.DONE)
            case AskingReps():
                target = self.state.prescription.target
                reps = target.high if isinstance(target, RepTarget) else target.seconds
                return Intent(name=IntentName.NUMBER, reps=reps)
            case _:
                return None

    def take(self, event: Event) -> None:
        self.state, effects = step(self.state, event)
        for effect in effects:
            match effect:
                case Record(SetLogged() as fact):
                    self.logged.append(fact)
                case Record(SessionFinished() as fact):
                    self.finished = fact
                case Speak(utterance, prompts):
                    self.said += [one.text(self.state.plan.unit) for one in prompts]
                    self.take(SpeechEnded(self.now_ms, utterance))
                case EndSession():
                    self.ended = True
                case _:
                    pass


@pytest.mark.parametrize(("routine", "workout"), WORKOUTS)
def test_a_built_in_workout_is_led_to_its_end(routine: str, workout: str) -> None:
    prescription = plan(ROUTINES.load(routine), workout, LIBRARY.exercise, Log())
    session = Obedient(prescription)
    session.train()
    assert session.finished is not None
    assert session.finished.completed
    blocks = session.state.plan.blocks  # with the loads that were named
    wanted = [(blocks[b].exercise.id, n + 1) for b, n in places(session.state.plan)]
    assert [(fact.exercise, fact.number) for fact in session.logged] == wanted
    assert all(fact.result.reps or fact.result.hold_s for fact in session.logged)
    assert session.said[-1] in prompt(Say.WELL_DONE).wordings(Unit.KG)
