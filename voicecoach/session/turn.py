"""One turn of the coach: a state being moved on, and the effects of moving it."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from voicecoach.language.prompts import Prompt
from voicecoach.session.effects import (
    Beat,
    Count,
    Earcon,
    Effect,
    Play,
    Record,
    Speak,
    StopSpeaking,
)
from voicecoach.session.facts import Fact
from voicecoach.session.phases import WAITING, Phase, Resting, Wait
from voicecoach.session.state import State


class Speaking(Protocol):
    """Where a conversation stands, as far as every turn must know."""

    @property
    def speaking(self) -> bool:
        """Whether the coach is saying something."""


M = TypeVar("M", bound=Speaking)


class Moving(Generic[M]):
    """A state being moved on and the effects so far: what the turns of all conversations share.

    Lives for one event and is never shared.
    """

    def __init__(self, state: M, at_ms: int) -> None:
        self.state = state
        self.at_ms = at_ms
        self.effects: list[Effect] = []

    def change(self, **fields: object) -> None:
        """Replace fields of the state."""
        self.state = replace(self.state, **fields)  # type: ignore[type-var]  # it is a dataclass

    def play(self, earcon: Earcon) -> None:
        """Sound `earcon`."""
        self.effects.append(Play(earcon))

    def record(self, fact: Fact) -> None:
        """Commit `fact` before anything that follows in this turn is said."""
        self.effects.append(Record(fact))

    def hush(self) -> None:
        """Fall silent at once."""
        if self.state.speaking:
            self.change(speaking=False)
            self.effects.append(StopSpeaking())


class Turn(Moving[State]):
    """Builds what `step` of a workout returns."""

    def enter(self, phase: Phase) -> None:
        """Go over to `phase`."""
        self.state = replace(self.state, phase=phase)

    def say(self, *prompts: Prompt, interruptible: bool = True) -> None:
        """Say `prompts` as one utterance; what waits for an answer waits from its end."""
        if not prompts:
            return
        utterance = self.state.utterances + 1
        # Another wording after each set: it varies, and the same session says the same again.
        prompts = tuple(replace(one, wording=len(self.state.sets)) for one in prompts)
        self.state = replace(self.state, utterances=utterance, speaking=True, last_said=prompts)
        phase = self.state.phase
        if isinstance(phase, WAITING) and not isinstance(phase, Resting):
            self.enter(replace(phase, wait=Wait(None, phase.wait.reminders)))
        self.effects.append(Speak(utterance, prompts, interruptible))

    def count(self, beats: tuple[Beat, ...]) -> None:
        """Sound `beats` for the set that comes next."""
        position = self.state.position
        exercise = self.state.block.exercise.id if position else ""
        self.effects.append(Count(beats, exercise, position[1] + 1 if position else 0))
