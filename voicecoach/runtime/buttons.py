"""The buttons on earbuds: what each means at the moment it is pressed."""

from __future__ import annotations

from enum import Enum

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I


class Button(Enum):
    """A button, as media players know them."""

    PLAY_PAUSE = "play/pause"
    PLAY = "play"
    PAUSE = "pause"
    NEXT = "next"
    PREVIOUS = "previous"


MEANINGS: dict[Button, tuple[I, ...]] = {
    Button.PLAY_PAUSE: (I.RESUME, I.PAUSE),
    Button.PLAY: (I.RESUME,),
    Button.PAUSE: (I.PAUSE,),
    Button.NEXT: (I.SKIP_REST, I.READY, I.DONE, I.RESUME, I.SKIP),
    Button.PREVIOUS: (I.UNDO,),
}
"""What a button may mean: the first that would be acted on is meant."""


def meaning(button: Button, legal: frozenset[I]) -> Intent | None:
    """Return what `button` means where `legal` would be acted on; None for nothing."""
    name = next((name for name in MEANINGS[button] if name in legal), None)
    return None if name is None else Intent(name=name)
