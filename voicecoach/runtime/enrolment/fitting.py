"""From words that were said to what fits their voice, measured on words it was not fitted on.

The takes are dealt into two halves. What is fitted on either half is tried on
the other, and kept only where the two together understand more for it; then
it is fitted anew on both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from voicecoach.audio.ports import Hypothesis, Pcm
from voicecoach.audio.recognisers.attuning import Attuner, Said, is_nearest
from voicecoach.audio.recognisers.moonshine import MoonshineRecogniser
from voicecoach.audio.recognisers.network import network_of
from voicecoach.audio.recognisers.own_voice import MOST_LEAN, OwnVoice, network_name
from voicecoach.audio.recognisers.phonemes import Floats
from voicecoach.audio.recognisers.pronunciation import Phones, Pronunciations, dictionary_file
from voicecoach.errors import CalibrationError
from voicecoach.language.agreeing import agreed
from voicecoach.language.decide import Decision, decide
from voicecoach.language.parser import everything
from voicecoach.runtime.bench.hearing import outcome_of
from voicecoach.runtime.enrolment.account import Account
from voicecoach.runtime.enrolment.takes import Take, in_noise

LEANS = (0.0, MOST_LEAN / 2, MOST_LEAN, -MOST_LEAN / 2, -MOST_LEAN)
"""How sure the ears may be of this voice, what is usual first."""

STAGES = 6
"""Steps that the work is told in while it goes on."""

ENOUGH = 1.0
"""Words more that must be understood, of all that were tried, to make it worth keeping."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Sample:
    """One take as it is, or in noise: its sound, and the encoder's frames of that."""

    take: Take
    pcm: Pcm
    frames: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One sample as it was heard: as anybody's, and as the voice's own."""

    take: Take
    anybody: tuple[Hypothesis, ...]
    own: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What came of it: what fits the voice, None where nothing is gained, and both accounts."""

    voice: OwnVoice | None
    before: Account
    after: Account


def calibrated(
    takes: Sequence[Take],
    recogniser: MoonshineRecogniser,
    passed: Callable[[], None] = lambda: None,
) -> Calibration:
    """Return what fits the voice of `takes`; `passed` is called STAGES times on the way.

    Raises:
        CalibrationError: there is no dictionary to pronounce the words by.
    """
    dictionary = dictionary_file()
    if dictionary is None:
        msg = "there is no dictionary of pronunciations"
        raise CalibrationError(msg, remedy="pip install --force-reinstall voicecoach")
    fitter = Fitter(Pronunciations(dictionary))
    halves = [tuple(_samples(half, recogniser)) for half in dealt(takes)]
    passed()
    trials: list[tuple[Trial, ...]] = []  # each half as ears fitted to the other hear it
    for half, other in zip(halves, halves[::-1], strict=True):
        recogniser.attune(fitter.fitted(other))
        passed()
        trials.append(tuple(_trial(sample, recogniser) for sample in half))
        passed()
    recogniser.attune(None)
    one, other_one = trials
    before = account(one + other_one, None)
    # How sure to be in one half is chosen by the other.
    after = account(one, best_lean(other_one)) + account(other_one, best_lean(one))
    voice = None
    if after.worth - before.worth >= ENOUGH and after.wrong <= before.wrong:
        voice = fitter.fitted(halves[0] + halves[1], best_lean(one + other_one))
    passed()
    return Calibration(voice=voice, before=before, after=after)


def dealt(takes: Sequence[Take]) -> tuple[tuple[Take, ...], tuple[Take, ...]]:
    """Return the takes in two halves: of what was said twice, one in each."""
    by_text: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        by_text[take.text].append(take)
    halves: tuple[list[Take], list[Take]] = ([], [])
    for take in (take for ones in by_text.values() for take in ones):
        halves[len(halves[0]) > len(halves[1])].append(take)
    return tuple(halves[0]), tuple(halves[1])


def account(trials: Sequence[Trial], lean: float | None) -> Account:
    """Return what became of `trials`, with that lean; None for ears that know no voice."""
    counts = Counter(
        outcome_of(trial.take.moment.intent, [_decision(trial, lean)]).value for trial in trials
    )
    return Account(**counts)


def best_lean(trials: Sequence[Trial]) -> float:
    """Return the lean with which the most of `trials` are understood, the usual one rather."""
    return max(LEANS, key=lambda lean: (account(trials, lean).worth, -abs(lean)))


def _decision(trial: Trial, lean: float | None) -> Decision:
    """Return what is made of `trial`, with that lean; None for ears that know no voice."""
    vocabulary = trial.take.moment.vocabulary
    decision = decide(trial.anybody, vocabulary)
    if lean is None:
        return decision
    own = OwnVoice(network="", lean=lean).leaning(trial.own)
    return agreed(decision, decide(own, vocabulary), vocabulary)


def _samples(takes: Sequence[Take], recogniser: MoonshineRecogniser) -> Iterator[Sample]:
    """Yield each take as it is, and in noise."""
    for number, take in enumerate(takes):
        for pcm in (take.pcm, in_noise(take.pcm, number)):
            yield Sample(take=take, pcm=pcm, frames=recogniser.frames_of(pcm))


def _trial(sample: Sample, recogniser: MoonshineRecogniser) -> Trial:
    """Return `sample` as it is heard at its moment."""
    recogniser.begin(sample.take.moment.vocabulary.grammar)
    recogniser.feed(sample.pcm)
    own = recogniser.finish()
    return Trial(take=sample.take, anybody=recogniser.as_anybody() or (), own=own)


class Fitter:
    """Fits to takes as they were heard, pronounced by a dictionary."""

    def __init__(self, pronunciations: Pronunciations) -> None:
        self._pronunciations = pronunciations

    def fitted(self, samples: Sequence[Sample], lean: float = 0.0) -> OwnVoice:
        """Return what fits the voice of `samples`."""
        words = frozenset(word for one in samples for word in one.take.words)
        pronounced = self._pronunciations.of(words)
        attuner = Attuner(pronounced)
        known = [one for one in samples if all(word in pronounced for word in one.take.words)]
        shift = attuner.shift([Said(one.take.words, one.frames) for one in known])
        alone: dict[str, list[Floats]] = defaultdict(list)
        for one in known:
            if len(one.take.words) == 1:
                alone[one.take.text].append(attuner.read(one.frames, shift))
        return OwnVoice(
            network=network_name(),
            shift=tuple(round(float(number), 4) for number in shift),
            pronunciations=tuple(self._own_ways(attuner, alone)),
            lean=lean,
        )

    def _own_ways(
        self, attuner: Attuner, alone: dict[str, list[Floats]]
    ) -> Iterator[tuple[str, Phones]]:
        """Yield words with a pronunciation of the voice's own that is no other word's as well."""
        every = self._pronunciations.of(network_of(everything().grammar).words())
        for word, heard in alone.items():
            phones = attuner.pronunciation(word, heard)
            if phones is not None and is_nearest(phones, word, every):
                yield word, phones
