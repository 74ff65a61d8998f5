"""Accept, ask or ignore: from a recogniser's hypotheses to one decision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.language.intents import Intent, IntentName
from voicecoach.language.parser import parse
from voicecoach.language.vocabulary import Expectation, Vocabulary


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a recogniser takes an utterance for.

    `words` are lower-case and as spoken, numbers in words. `score` compares
    the hypotheses of one utterance: the natural logarithm of the likelihood,
    tempered by the engine so that differences are log odds. `confidence`, 0
    to 1, is comparable between utterances: how sure it is that this was said
    at all and not some other speech or a noise.
    """

    words: tuple[str, ...]
    score: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Accepted:
    """One reading is clear enough to act on."""

    intent: Intent
    words: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two readings are both plausible; the likelier first."""

    intents: tuple[Intent, Intent]
    words: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing was said to the coach, or nothing it can tell."""

    words: tuple[str, ...]
    confidence: float


Decision = Accepted | Ambiguous | Ignored

# The figures below are measured on commands in eight synthetic voices, cut out
# by the ears, clean and at 10 dB of four noises, on coffee orders by fifty
# people, and on the noises alone; moonshine listened within the vocabulary of
# the moment.

ACCEPT = 0.6
"""Confidence below which an utterance is ignored.

Of talk over music and noise that is for nobody one utterance in three hundred
reaches it.
"""

ANSWER = 0.55
"""The same for an answer to what the coach waits for: speech just then is hardly for others.

The coffee orders do not reach it either; lower, pieces of noise do.
"""

HALF = 0.3
"""Confidence from which something may be asked about that is not clear enough to be acted on.

The orders of coffee, which were meant for nobody here, reach 0.13.
"""

ANSWER_BONUS = 2.0
"""What the logarithm of the prior gains where an intent answers what the coach waits for."""

URGENT_BONUS = 4.0
"""The same where somebody speaks over the coach, for what silences it: it is likelier than that
they answer before it has ended, by as much as an answer is likelier than the rest."""

CERTAIN = 0.7
"""Share of the likelihood that the best reading needs over its rivals, or it is asked about."""

REFUSED = 6.0
"""What the logarithm of the prior loses where "no" and the very number that stands was heard."""

NOT_OFFERED = 2.0
"""The same where two readings were asked about and a third was heard."""

# Words that cost the athlete something when they are misheard want more certainty.
STRICT = {
    IntentName.FINISH: 0.85,
    IntentName.SKIP_EXERCISE: 0.8,
    IntentName.HURTS: 0.75,
    IntentName.NOTE: 0.9,  # it is near to a bare "no", which reaches 0.8
}


def decide(hypotheses: Sequence[Hypothesis], vocabulary: Vocabulary) -> Decision:
    """Return what to make of `hypotheses` (best first) within `vocabulary`.

    Each legal reading weighs its hypothesis's likelihood times how likely the
    moment makes it (`Expectation`); the best is accepted when it is confident
    enough in itself and clear of its rivals. Where it is clear what was meant
    but not which number, the two likeliest are asked about.
    """
    weighed: dict[Intent, tuple[float, Hypothesis]] = {}
    for hypothesis in hypotheses:
        for intent in parse(hypothesis.words, vocabulary)[:1]:
            weight = hypothesis.score + log_prior(intent, vocabulary.expects)
            if intent not in weighed or weight > weighed[intent][0]:
                weighed[intent] = (weight, hypothesis)
    if not weighed:
        heard = hypotheses[0] if hypotheses else Hypothesis((), 0.0, 0.0)
        return Ignored(heard.words, 0.0)
    ranked = sorted(weighed.items(), key=lambda item: -item[1][0])
    intent, (weight, best) = ranked[0]
    answer = intent.name in vocabulary.expects.answers
    needed = ANSWER if answer else STRICT.get(intent.name, ACCEPT)
    if best.confidence < (HALF if intent.name in vocabulary.expects.urgent else needed):
        return Ignored(best.words, best.confidence)
    shares = {other: math.exp(behind - weight) for other, (behind, _) in ranked}
    enough = CERTAIN * sum(shares.values())
    if shares[intent] >= enough:
        return Accepted(intent, best.words, best.confidence)
    alike = [other for other in shares if other.name is intent.name]
    if len(alike) > 1 and sum(shares[other] for other in alike) >= enough:
        return Ambiguous((intent, alike[1]), best.words, best.confidence)
    return Ignored(best.words, best.confidence)


def _offered(intent: Intent, among: Sequence[Intent]) -> bool:
    """Tell whether `intent` says what one of the readings asked about does."""
    said = (intent.reps, intent.load, intent.seconds, intent.rpe)
    return any(
        value is not None and value in (one.reps, one.load, one.seconds, one.rpe)
        for one in among
        for value in said
    )


def half_heard(heard: Sequence[Hypothesis | Ignored], vocabulary: Vocabulary) -> Intent | None:
    """Return what was perhaps said, of what was not heard clearly enough to act on; or None."""
    for one in heard:
        if one.confidence >= HALF:
            for intent in parse(one.words, vocabulary)[:1]:
                return intent
    return None


def log_prior(intent: Intent, expects: Expectation) -> float:
    """Return the natural logarithm of how likely the moment makes `intent`, up to a constant.

    A number of reps near the target is likelier than one far from it; the
    next number of a count likelier than any other; a load in play likelier
    than a load never used.
    """
    weight = ANSWER_BONUS if intent.name in expects.answers else 0.0
    if intent.name in expects.urgent:
        weight += URGENT_BONUS
    if intent.reps is not None and expects.count is not None:
        weight -= min(4.5, 1.5 * abs(intent.reps - expects.count))
    elif intent.reps is not None and expects.reps is not None:
        low, high = expects.reps
        beyond = max(low - intent.reps, intent.reps - high, 0)
        weight -= min(3.0, 2.0 * math.log1p(beyond / max(3, high)))
    if intent.name is IntentName.AMEND and intent.reps == expects.stands and intent.load is None:
        weight -= REFUSED
    if expects.among and intent.name in expects.answers and not _offered(intent, expects.among):
        weight -= NOT_OFFERED
    if intent.load is not None and expects.loads and intent.load not in expects.loads:
        weight -= 1.0
    return weight
