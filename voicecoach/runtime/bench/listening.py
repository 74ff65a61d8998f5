"""How well the coach's voice is understood: by an ear that writes freely what it hears.

The ear is moonshine without a vocabulary. Commands are heard within what may
be said at the moment; here nothing helps it, so that a number or a sentence
which it writes down is one that a lifter can understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

import numpy as np

from voicecoach.audio.clips import resampled
from voicecoach.audio.ports import HEARING_RATE, Clip
from voicecoach.audio.recognisers.decoder import Graphs
from voicecoach.audio.recognisers.moonshine import model_folder
from voicecoach.audio.recognisers.tokens import END, REMEDY, Tokeniser
from voicecoach.errors import RecogniserError
from voicecoach.language.likeness import edits_between
from voicecoach.language.numbers import spoken
from voicecoach.language.prompts import Prompt, Say
from voicecoach.session.counting import number_prompt
from voicecoach.units import Load, Unit

LEAD_S, TAIL_S = 0.2, 0.3
SHORTEST_S = 1.0  # the network writes nonsense into less
TOKENS_A_SECOND = 6.5  # more are a loop, not speech

ALIKE = (
    ("wait", "weight"), ("pane", "pain"), ("too", "two"), ("for", "four"), ("ate", "eight"),
    ("won", "one"), ("halfway", "half way"), ("workout", "work out"), ("warmup", "warm up"),
    ("physio therapist", "physiotherapist"), ("rpe", "r p e"), ("rp e", "r p e"),
    ("dead lift", "deadlift"),
)  # fmt: skip
"""What sounds the same, or is one word to some: each is written as the second."""

EXAMPLES: dict[str, object] = {
    "text": "Push the floor away.",
    "name": "full back",
    "workout": "A",
    "exercise": "deadlift",
    "place": "deadlift, set two",
    "target": "four to six",
    "load": Load.kg(Decimal("102.5")),
    "first": "thirteen",
    "second": "thirty",
    "low": 5,
    "sets_left": "two sets",
    "exercises_left": "two exercises",
    "sets_done": "three sets",
    "muscles": "lats and glutes",
    "digits_of_first": "one three",
    "digits_of_second": "three zero",
    "exercises": "six exercises",
    "record_reps": "eight reps",
    "routine": "full body",
    "things": "a barbell",
    "number": 2,
    "sets": 3,
    "reps": 7,
    "rpe": 8,
}
"""What stands in the slots of a prompt that is tried."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was spoken, what the ear wrote, and how many of its words came through."""

    text: str
    heard: str
    words: int
    right: int


class FreeEar:
    """moonshine, writing what it hears. Raises RecogniserError without the model."""

    def __init__(self) -> None:
        folder = model_folder()
        if folder is None:
            msg = "moonshine's English model is not installed"
            raise RecogniserError(msg, remedy=REMEDY)
        self._tokeniser = Tokeniser.read(folder / "tokenizer.bin")
        self._graphs = Graphs(folder / "encoder_model.ort", folder / "decoder_model_merged.ort")

    def write(self, clip: Clip) -> str:
        """Return what is said in `clip`, as the network writes it."""
        heard = resampled(clip, HEARING_RATE).pcm.astype(np.float32) / np.float32(32768)
        lead, tail = (round(seconds * HEARING_RATE) for seconds in (LEAD_S, TAIL_S))
        short = max(0, round(SHORTEST_S * HEARING_RATE) - lead - len(heard) - tail)
        samples = np.pad(heard, (lead, tail + short))
        listening = self._graphs.listen(samples)
        likely = listening.begin()
        tokens: list[int] = []
        most = 6 + round(TOKENS_A_SECOND * len(samples) / HEARING_RATE)
        while len(tokens) < most and (token := int(likely[0].argmax())) != END:
            tokens.append(token)
            likely = listening.go_on(np.array([0]), np.array([token]))
        return self._tokeniser.decode(tuple(tokens))


def understood(ear: FreeEar, spoken_texts: Iterable[tuple[str, Clip]]) -> tuple[Written, ...]:
    """Return what `ear` writes of each text and its clip."""
    found = []
    for text, clip in spoken_texts:
        heard = ear.write(clip)
        words = plain_words(text)
        wrong = edits_between(words, plain_words(heard))
        found.append(Written(text, heard, len(words), max(0, len(words) - wrong)))
    return tuple(found)


def share_right(written: Sequence[Written]) -> float:
    """Return the share of words that came through, 0 to 1."""
    return sum(one.right for one in written) / sum(one.words for one in written)


def example_texts() -> tuple[str, ...]:
    """Return every wording of every built-in prompt, its slots filled with an example."""
    prompts = (Prompt(say, tuple((name, _example(name)) for name in _slots(say))) for say in Say)
    return tuple(dict.fromkeys(text for one in prompts for text in one.wordings(Unit.KG)))


def count_texts() -> tuple[str, ...]:
    """Return the numbers of a count, one to a hundred."""
    return tuple(number_prompt(number).text(Unit.KG) for number in range(1, 101))


def _slots(say: Say) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(say.value) if name)


def _example(slot: str) -> object:
    if slot.startswith("load"):
        return EXAMPLES["load"]
    return EXAMPLES.get(slot, 95 if slot.startswith("span") else "two")


def plain_words(text: str) -> list[str]:
    """Return the words of `text` as they sound: digits as words, what sounds alike as one."""
    words = text.lower().replace("%", " percent").replace("-", " ")
    words = re.sub(r"(\d+)\.(\d)", r"\1 point \2", words)
    words = re.sub(r"\d{1,4}", lambda match: f" {spoken(int(match[0]))} ", words)
    words = " ".join(re.sub(r"[^a-z ]", " ", words.replace("-", " ").replace("'", "")).split())
    for heard, meant in ALIKE:
        words = re.sub(rf"\b{heard}\b", meant, words)
    return words.split()
