"""One utterance heard twice, as anybody's and as a voice that is known: what to make of both."""

from __future__ import annotations

from voicecoach.language.decide import Accepted, Ambiguous, Decision, Ignored, half_heard
from voicecoach.language.intents import Intent
from voicecoach.language.vocabulary import Vocabulary


def agreed(anybody: Decision, own: Decision, vocabulary: Vocabulary) -> Decision:
    """Return what to make of an utterance, decided on as `anybody` said it and as the `own` voice.

    The ears that know the voice understand more, and never overrule the
    others: what those heard as something else is asked about where it is one
    act with two numbers, and is otherwise left as they had it.
    """
    match anybody, own:
        case Accepted(intent), Accepted(other) if intent != other:
            return _asked(other, intent, own) or Ignored(own.words, own.confidence)
        case Accepted(intent), Ambiguous(intents) if intent in intents:
            return own
        case (Accepted(), _) | (Ambiguous(), Ignored()):
            return anybody
        case Ambiguous(intents), Accepted(intent) if intent not in intents:
            return anybody
        case Ignored(), Accepted(intent):
            heard = half_heard((anybody,), vocabulary)
            if heard is None or heard == intent:
                return own
            return _asked(intent, heard, own) or anybody
        case _:
            return own


def _asked(likelier: Intent, other: Intent, own: Decision) -> Ambiguous | None:
    """Return the question which of two was said; None where they are two different acts."""
    if likelier.name is not other.name:
        return None
    return Ambiguous((likelier, other), own.words, own.confidence)
