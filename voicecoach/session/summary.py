"""The end of a session in words: what comes next time, and why."""

from __future__ import annotations

from voicecoach.language.prompts import Prompt
from voicecoach.session.state import State


def advice_prompts(state: State) -> tuple[Prompt, ...]:
    """Return a sentence of advice for each exercise that was trained."""
    del state
    return ()
