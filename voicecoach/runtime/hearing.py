"""The coach's hearing: utterances become decisions, and decisions events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.audio.utterance import Utterance
from voicecoach.language.agreeing import agreed
from voicecoach.language.decide import (
    Accepted,
    Ambiguous,
    Decision,
    Hypothesis,
    Ignored,
    decide,
    half_heard,
)
from voicecoach.language.dictation import NOTE_OPENINGS
from voicecoach.language.intents import IntentName as I
from voicecoach.language.parser import parse
from voicecoach.language.vocabulary import Dictation, Vocabulary
from voicecoach.session.events import Dictated, Event, IntentHeard, NothingUnderstood, ReadingsHeard


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance of the athlete and what was made of it; instants in session time."""

    at_ms: int
    speech_end_ms: int
    latency_ms: float
    decode_ms: float
    decision: Decision
    hypotheses: tuple[Hypothesis, ...]
    joined: bool = False
    """Whether it goes on from the one before, which it holds and replaces."""


Names = tuple[tuple[str, str], ...]
"""Spoken names, each with what it stands for."""

Keep = Callable[[Utterance, Decision, Vocabulary], None]
"""Takes an utterance, what was made of it, and what was legal."""

OwnWords = Callable[[int, int], frozenset[str]]
"""Tells which words the coach itself was saying between two instants of session time."""

ECHO_MS = 300
"""How much later than it was played the coach may be heard: buffers, air, and the room."""

WORDS_TO_A_SLIP = 6
"""So many of its own words and one beside them are the coach's all the same: "four to six reps at
one hundred" has been heard as "forty six reps at one hundred"."""

OVER_ALL = frozenset({I.STOP, I.PAUSE, I.HURTS})
"""What is heard even if the coach was saying the word: to miss it is worse than to obey itself."""

MOVING = frozenset(
    {I.NEXT, I.SKIP, I.SKIP_SET, I.SKIP_REST, I.SKIP_EXERCISE, I.SWITCH, I.FINISH}
    | {I.DURATION, I.ADD_TIME}
)
"""What moves the workout on, or changes its rest: what else was said, cut short by the coach's own
words, sounds like it ("no, six" like "next")."""

CERTAIN = 0.9
"""Confidence that it needs where the coach was speaking just then."""


class Hearing:
    """Listens through `ears` for what the moment allows, and keeps account of what it heard.

    `offset_ms` is the session time of the ears' first sample. What `own_words`
    says the coach was saying itself just then is no command. `keep` is given
    every utterance with its sound, which is not held otherwise.
    """

    def __init__(
        self,
        ears: Ears,
        *,
        offset_ms: int = 0,
        own_words: OwnWords | None = None,
        keep: Keep | None = None,
    ) -> None:
        self._ears = ears
        self._keep = keep
        self._offset_ms = offset_ms
        self._own_words = own_words or (lambda _from_ms, _to_ms: frozenset())
        self._vocabulary = Vocabulary(intents=frozenset())
        self._before: tuple[Vocabulary, Decision] | None = None  # of the utterance before
        self._lacking: dict[tuple[Names, Names], frozenset[str]] = {}  # by what is named
        self.heard: list[Heard] = []
        """Every utterance so far."""

    @property
    def quiet(self) -> bool:
        """Whether nobody is in the middle of saying something."""
        return self._ears.quiet

    def make_ready(self) -> None:
        """Let the ears load their recogniser. Raises RecogniserError, and ModelError."""
        self._ears.make_ready()

    def listen(self, vocabulary: Vocabulary) -> None:
        """Say what may be said from now on.

        What was legal when an utterance began stays so to its end: nobody
        stops in mid-word because the coach begins to speak. And what was
        urgent stays urgent, though the coach ends its sentence meanwhile.
        """
        if not self._ears.quiet:
            before, now = self._vocabulary, vocabulary.expects
            urgent = now.urgent | before.expects.urgent
            vocabulary = replace(
                vocabulary,
                intents=vocabulary.intents | before.intents,
                expects=replace(now, urgent=urgent),
            )
        vocabulary = self._vocabulary = self._hearable(vocabulary)
        grammar = vocabulary.grammar if vocabulary.intents else None
        self._ears.listen(
            grammar,
            over_voice=vocabulary.over_voice,
            # No method of its own: ears that held what holds them would outlive a conversation.
            sounded=partial(_coach_sounded, self._own_words, self._offset_ms),
            mendable=partial(may_be_mended, vocabulary),
        )

    def _hearable(self, vocabulary: Vocabulary) -> Vocabulary:
        """Leave out the names that the recogniser has no words for: the others can be said."""
        named = (vocabulary.exercises, vocabulary.choices)
        if not any(named):
            return vocabulary
        lacking = self._lacking.get(named)
        if lacking is None:
            lacking = self._lacking[named] = frozenset(self._ears.lacks(vocabulary.grammar))
        if not lacking:
            return vocabulary
        return replace(
            vocabulary,
            exercises=_without(vocabulary.exercises, lacking),
            choices=_without(vocabulary.choices, lacking),
        )

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
            own = self._own_words(
                self._ms(utterance.start_sample) - ECHO_MS, self._ms(utterance.speech_end_sample)
            )
            legal, begun = self._vocabulary, None
            if utterance.joined and self._before is not None:
                legal, begun = self._before
            decision = _unless_own(decided(utterance, legal), own)
            if not (utterance.joined and isinstance(decision, Ignored)):
                self._before = legal, decision
            heard = Heard(
                at_ms=self._ms(utterance.decided_sample),
                speech_end_ms=self._ms(utterance.speech_end_sample),
                latency_ms=utterance.latency_ms,
                decode_ms=utterance.decode_ms,
                decision=decision,
                hypotheses=utterance.hypotheses,
                joined=utterance.joined,
            )
            self.heard.append(heard)
            # The coach's own words are no voice of the lifter's.
            if self._keep is not None and not (own and isinstance(decision, Ignored)):
                self._keep(utterance, decision, legal)
            # What is not understood while the coach speaks is mostly the coach; and nobody is
            # asked again for the rest of what was understood.
            if not ((own or utterance.joined) and isinstance(decision, Ignored)):
                events.append(self._event(decision, heard.at_ms, utterance, begun))
        return events

    def _event(
        self, decision: Decision, at_ms: int, utterance: Utterance, begun: Decision | None
    ) -> Event:
        match decision:
            case Accepted(intent):
                begun_as = begun.intent if isinstance(begun, Accepted) else None
                return IntentHeard(at_ms, intent, begun_as=begun_as)
            case Ambiguous(intents):
                return ReadingsHeard(at_ms, intents)
            case _ if self._vocabulary.dictation is Dictation.NONE:
                return NothingUnderstood(at_ms)
            case _:
                beside = self._vocabulary.dictation is Dictation.BESIDE
                text = self._ears.write_down(NOTE_OPENINGS if beside else ())
                guess = half_heard(utterance.hypotheses, self._vocabulary)
                return Dictated(at_ms, text, guess=guess)

    def _ms(self, sample: int) -> int:
        return _ms(sample, self._offset_ms)


def _ms(sample: int, offset_ms: int) -> int:
    """Return the session time of a sample of ears that were opened at `offset_ms`."""
    return offset_ms + sample * 1000 // HEARING_RATE


def _coach_sounded(own_words: OwnWords, offset_ms: int, begin_sample: int, end_sample: int) -> bool:
    """Tell whether the coach was to be heard at both samples."""
    instants = (_ms(sample, offset_ms) for sample in (begin_sample, end_sample))
    return all(own_words(at - ECHO_MS, at) for at in instants)


def decided(utterance: Utterance, vocabulary: Vocabulary) -> Decision:
    """Return what to make of an utterance; ears that know the voice overrule no others.

    Nothing is urgent that may be the coach's own voice.
    """
    if vocabulary.expects.urgent and not utterance.over:
        vocabulary = replace(vocabulary, expects=replace(vocabulary.expects, urgent=frozenset()))
    decision = decide(utterance.hypotheses, vocabulary)
    if utterance.as_anybody is None:
        return decision
    return agreed(decide(utterance.as_anybody, vocabulary), decision, vocabulary)


def may_be_mended(vocabulary: Vocabulary, words: tuple[str, ...]) -> bool:
    """Tell whether `words` may be acted on though more may follow, because it can mend them.

    A mere name is nothing yet: who says "squat" is about to say how many.
    """
    return any(
        reading.name in vocabulary.mendable
        and (reading.exercise is None or reading.reps is not None or reading.seconds is not None)
        for reading in parse(words, vocabulary)[:1]
    )


def _without(names: Names, lacking: frozenset[str]) -> Names:
    return tuple(pair for pair in names if lacking.isdisjoint(pair[0].split()))


def _unless_own(decision: Decision, own: frozenset[str]) -> Decision:
    """Return `decision`, or that nothing was said where the coach itself said just that."""
    match decision:
        case Accepted(intent) if intent.name in OVER_ALL:
            return decision
        case Accepted(intent) if own and intent.name in MOVING:
            certain = decision.confidence >= CERTAIN and not _is_own(decision.words, own)
            return decision if certain else Ignored(decision.words, decision.confidence)
        case Accepted() | Ambiguous() if _is_own(decision.words, own):
            return Ignored(decision.words, decision.confidence)
        case _:
            return decision


def _is_own(words: Sequence[str], own: frozenset[str]) -> bool:
    """Tell whether the coach itself said `words`, one of a long sentence misheard perhaps."""
    foreign = sum(word not in own for word in words)
    return foreign <= (len(words) - 1) // WORDS_TO_A_SLIP
