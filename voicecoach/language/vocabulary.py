"""What may be said at one moment, and what is likely then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from voicecoach.language.grammar import Grammar, named_slot, number_slots
from voicecoach.language.intents import PHRASINGS, Intent, IntentName
from voicecoach.language.template import Alternatives
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the moment makes likely, for telling thirteen from thirty.

    `answers` are the intents that answer what the coach waits for; `reps`
    is the range aimed at; `count` the number that an athlete counting
    aloud says next; `loads` are the loads in play, the likeliest first;
    `among` are the readings that were asked about; `stands` is the number of
    reps that was logged last: to mend it is to say another. `urgent` are the
    intents that are acted on though only half heard, where somebody speaks
    over the coach: to miss them is worse than to obey by mistake.
    """

    answers: frozenset[IntentName] = frozenset()
    reps: tuple[int, int] | None = None
    count: int | None = None
    loads: tuple[Load, ...] = ()
    among: tuple[Intent, ...] = ()
    stands: int | None = None
    urgent: frozenset[IntentName] = frozenset()


class Dictation(Enum):
    """What becomes of words that are no phrase of the vocabulary."""

    NONE = "none"  # they were not meant for the coach
    BESIDE = "beside"  # written down: a note, or a name that nobody foresaw
    ALL = "all"  # written down: anything but a phrase is what was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The intents that are legal now, with what fills their slots.

    `exercises` pairs each spoken name with the exercise's id, and `choices`
    whatever else may be named with what it stands for. `unit` is the one a
    load is in when none is said. `over_voice` tells that the coach itself is
    speaking meanwhile. `mendable` are those of the intents that may be acted
    on though more may follow, because it can still mend them.
    """

    intents: frozenset[IntentName]
    unit: Unit = Unit.KG
    exercises: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    expects: Expectation = Expectation()
    dictation: Dictation = Dictation.NONE
    over_voice: bool = False
    mendable: frozenset[IntentName] = frozenset()

    @property
    def grammar(self) -> Grammar:
        """The phrases of these intents, for a recogniser."""
        return _grammar(
            self.intents,
            tuple(spoken for spoken, _ in self.exercises),
            tuple(spoken for spoken, _ in self.choices),
        )


UNIT_WORDS: dict[str, Unit] = {
    "kilos": Unit.KG,
    "kilo": Unit.KG,
    "kilograms": Unit.KG,
    "pounds": Unit.LB,
    "pound": Unit.LB,
}


_NEED_EXERCISE = frozenset(
    {IntentName.SWITCH, IntentName.LOG, IntentName.MEANT, IntentName.LAST_TIME}
)
_NEED_CHOICE = frozenset({IntentName.CHOOSE, IntentName.HAVE})


@lru_cache(maxsize=64)
def _grammar(
    intents: frozenset[IntentName], exercises: tuple[str, ...], choices: tuple[str, ...]
) -> Grammar:
    slots = (*number_slots(), named_slot("unit", tuple(UNIT_WORDS)))
    legal = intents
    if exercises:
        slots = (*slots, named_slot("exercise", exercises))
    else:
        legal -= _NEED_EXERCISE
    if choices:
        slots = (*slots, named_slot("choice", choices))
    else:
        legal -= _NEED_CHOICE
    # Two intents of one phrasing (a bare number) are one path to a recogniser.
    trees = dict.fromkeys(p.tree for p in PHRASINGS if p.name in legal)
    return Grammar(Alternatives(tuple(trees)), slots)
