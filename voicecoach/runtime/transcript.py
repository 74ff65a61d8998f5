"""The conversation as it happens, line by line, for those who read along."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.runtime.hearing import Hearing
from voicecoach.session import counting
from voicecoach.session.conversation import Standing
from voicecoach.session.events import Dictated, Event, IntentHeard, NothingUnderstood, ReadingsHeard
from voicecoach.session.phases import Working
from voicecoach.session.state import State

Show = Callable[[int, str], None]
"""Takes an instant in milliseconds of session time, and the line to show for it."""


class Transcript:
    """Shows what is said by either side, each line with its time."""

    def __init__(self, hearing: Hearing, show: Show) -> None:
        self._hearing = hearing
        self._show = show

    def moved(self, before: Standing, event: Event, after: Standing) -> None:
        """Show what this step said."""
        match event:
            case IntentHeard(source="button"):
                self._line(event.at_ms, "You", f"({event.intent.name.value})")
            case IntentHeard(source="voice") | ReadingsHeard() if self._hearing.heard:
                heard = self._hearing.heard[-1].decision
                self._line(event.at_ms, "You", f"{' '.join(heard.words)}  [{heard.confidence:.0%}]")
            case NothingUnderstood() if (
                self._hearing.heard and self._hearing.heard[-1].decision.words
            ):
                words = " ".join(self._hearing.heard[-1].decision.words)
                self._line(event.at_ms, "(heard)", words)
            case Dictated(text=text) if text:
                who = "You" if after.utterances > before.utterances else "(heard)"
                self._line(event.at_ms, who, text)
            case _:
                pass
        match before, after:
            case State(phase=was), State(phase=Working()) if not isinstance(was, Working):
                word = counting.start_word(after.block, hold=after.is_hold).text(after.unit)
                self._line(event.at_ms, "Coach", f"Three, two, one, {word.lower()}")
            case _:
                pass
        if after.utterances > before.utterances:
            text = " ".join(prompt.text(after.unit) for prompt in after.last_said)
            self._line(event.at_ms, "Coach", text)

    def _line(self, at_ms: int, who: str, text: str) -> None:
        minutes, seconds = divmod(at_ms // 1000, 60)
        self._show(at_ms, f"{minutes:3}:{seconds:02}  {who + ':':9}{text}")
