"""The coach's hearing: utterances become decisions, and decisions events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicecoach.audio.ears import Ears, Utterance
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.language.decide import Accepted, Ambiguous, Decision, Hypothesis, decide
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.session.events import Event, IntentHeard, NothingUnderstood, ReadingsHeard


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance of the athlete and what was made of it; instants in session time."""

    at_ms: int
    speech_end_ms: int
    latency_ms: float
    decode_ms: float
    decision: Decision
    hypotheses: tuple[Hypothesis, ...]


class Hearing:
    """Listens through `ears` for what the moment allows, and keeps account of what it heard.

    `offset_ms` is the session time of the ears' first sample.
    """

    def __init__(self, ears: Ears, *, offset_ms: int = 0) -> None:
        self._ears = ears
        self._offset_ms = offset_ms
        self._vocabulary = Vocabulary(intents=frozenset())
        self.heard: list[Heard] = []
        """Every utterance so far."""

    @property
    def quiet(self) -> bool:
        """Whether nobody is in the middle of saying something."""
        return self._ears.quiet

    def listen(self, vocabulary: Vocabulary) -> None:
        """Say what may be said from now on.

        What was legal when an utterance began stays so to its end: nobody
        stops in mid-word because the coach begins to speak.
        """
        if not self._ears.quiet:
            both = vocabulary.intents | self._vocabulary.intents
            vocabulary = replace(vocabulary, intents=both)
        self._vocabulary = vocabulary
        self._ears.listen(vocabulary.grammar if vocabulary.intents else None)

    def feed(self, pcm: Pcm, *, now_ms: int | None = None) -> list[Event]:
        """Take the next samples of the microphone; return what was said to the coach in them.

        `now_ms` is the session time at their end, for a microphone whose
        clock is not the session's.
        """
        if now_ms is not None:
            self._offset_ms = now_ms - (self._ears.position + len(pcm)) * 1000 // HEARING_RATE
        return self._events(self._ears.feed(pcm))

    def skip(self, samples: int) -> list[Event]:
        """Pass over silence."""
        return self._events(self._ears.skip(samples))

    def _events(self, utterances: list[Utterance]) -> list[Event]:
        events = []
        for utterance in utterances:
            decision = decide(utterance.hypotheses, self._vocabulary)
            heard = Heard(
                at_ms=self._ms(utterance.decided_sample),
                speech_end_ms=self._ms(utterance.speech_end_sample),
                latency_ms=utterance.latency_ms,
                decode_ms=utterance.decode_ms,
                decision=decision,
                hypotheses=utterance.hypotheses,
            )
            self.heard.append(heard)
            events.append(_event(decision, heard.at_ms))
        return events

    def _ms(self, sample: int) -> int:
        return self._offset_ms + sample * 1000 // HEARING_RATE


def _event(decision: Decision, at_ms: int) -> Event:
    match decision:
        case Accepted(intent):
            return IntentHeard(at_ms, intent)
        case Ambiguous(intents):
            return ReadingsHeard(at_ms, intents)
        case _:
            return NothingUnderstood(at_ms)
