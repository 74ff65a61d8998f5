"""A conversation as pure functions over its state: what the driver can lead.

The coached workout is one; choosing a routine, logging sets told outside a
routine and the test of a maximum are others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from voicecoach.language.prompts import Prompt
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.session.effects import Effect
from voicecoach.session.events import Event
from voicecoach.session.moments import Moment
from voicecoach.units import Unit


class Standing(Protocol):
    """Where a conversation stands: what a stage must know of any."""

    @property
    def session_id(self) -> str:
        """Names the conversation in the log."""

    @property
    def unit(self) -> Unit:
        """What loads are spoken in."""

    @property
    def utterances(self) -> int:
        """How many the coach has begun to say."""

    @property
    def last_said(self) -> tuple[Prompt, ...]:
        """The last of them."""

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""

    @property
    def counting(self) -> bool:
        """Whether the coach counts, and listens for little else than a stop."""


S = TypeVar("S", bound=Standing)


def _whole(state: object) -> object:
    return state


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation(Generic[S]):
    """The functions that lead one kind of conversation.

    `step` and `deadline` are as those of the workout (`session.machine`);
    `vocabulary` is what may be said now, `foreseen` what the coach is likely
    to say soon, `outlook` what that follows from (while it is equal nothing
    else is foreseen), and `moments` what a scripted athlete answers to.
    """

    step: Callable[[S, Event], tuple[S, tuple[Effect, ...]]]
    deadline: Callable[[S], int | None]
    vocabulary: Callable[[S], Vocabulary]
    foreseen: Callable[[S], tuple[Prompt, ...]]
    moments: Callable[[S, S], tuple[Moment, ...]]
    outlook: Callable[[S], object] = _whole
