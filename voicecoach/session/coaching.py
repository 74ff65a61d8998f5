"""The coached workout as a conversation: what the driver leads on `start`."""

from __future__ import annotations

from voicecoach.session.conversation import Conversation
from voicecoach.session.foresight import foreseen, outlook
from voicecoach.session.machine import deadline, step, vocabulary
from voicecoach.session.moments import moments
from voicecoach.session.state import State

COACHING: Conversation[State] = Conversation(
    step=step,
    deadline=deadline,
    vocabulary=vocabulary,
    foreseen=foreseen,
    outlook=outlook,
    moments=moments,
)
