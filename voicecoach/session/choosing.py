"""Choosing a routine by voice: what there is to train with, three offers, an answer.

The equipment is asked for once and kept; the routine that is chosen becomes
the one in use. Both are facts, committed before they are said back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, listed, prompt
from voicecoach.language.vocabulary import Expectation, Vocabulary
from voicecoach.session.conversation import Conversation
from voicecoach.session.dialogue import Dialogue, DialogueTurn, Script, conversation
from voicecoach.session.events import ReadingsHeard, RecordFailed
from voicecoach.session.facts import EquipmentTold, RoutineChosen
from voicecoach.training.exercise import as_spoken
from voicecoach.training.fitting import Offer

AT_ONCE = 3
"""How many routines are offered in one breath: more cannot be kept in mind."""

LACKS_NAMED = 2
"""How many missing things are named of one routine."""

PLACES = ("first", "second", "third")

EQUIPMENT, WHICH = "equipment?", "which?"
"""The two questions, as a scripted athlete knows them."""

GYM = "gym"
"""Stands for all there is."""

NOTHING = "nothing"

SAID_OF_THINGS: tuple[tuple[str, str], ...] = (
    ("a gym", GYM),
    ("the gym", GYM),
    ("gym", GYM),
    ("everything", GYM),
    ("a barbell", "barbell"),
    ("barbell", "barbell"),
    ("a rack", "squat rack"),
    ("a squat rack", "squat rack"),
    ("squat rack", "squat rack"),
    ("dumbbells", "dumbbells"),
    ("a dumbbell", "dumbbells"),
    ("some dumbbells", "dumbbells"),
    ("a kettlebell", "kettlebell"),
    ("kettlebell", "kettlebell"),
    ("kettlebells", "kettlebell"),
    ("a pull up bar", "pull-up bar"),
    ("pull up bar", "pull-up bar"),
    ("a bench", "bench"),
    ("bench", "bench"),
    ("a band", "band"),
    ("bands", "band"),
    ("dip bars", "dip bars"),
    ("a cable machine", "cable machine"),
    ("nothing", NOTHING),
    ("nothing at all", NOTHING),
)
"""What can be answered to the question for the equipment, and what it stands for."""

PLURAL = frozenset({"dumbbells", "dip bars", "plates", "machines"})
"""Things that are named without an article."""

Rank = Callable[[tuple[str, ...]], tuple[Offer, ...]]
"""Gives the routines that suit the equipment, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Dialogue):
    """Where the choice stands.

    `at_hand` is None until it is known. `first` is the place of the first
    routine of those on offer. `chosen` is the routine's id once there is one.
    """

    at_hand: tuple[str, ...] | None = None
    offers: tuple[Offer, ...] = ()
    first: int = 0
    chosen: str | None = None

    @property
    def on_offer(self) -> tuple[Offer, ...]:
        """The routines offered just now."""
        return self.offers[self.first : self.first + AT_ONCE]


def choosing(rank: Rank) -> Conversation[Choosing]:
    """Return the conversation in which a routine is chosen of those that `rank` gives."""

    def offer(turn: DialogueTurn[Choosing], *before: Prompt) -> None:
        assert turn.state.at_hand is not None  # noqa: S101  # it is asked for first
        turn.change(offers=rank(turn.state.at_hand), first=0)
        _offer(turn, *before)

    def begin(turn: DialogueTurn[Choosing]) -> None:
        if turn.state.at_hand is None:
            _ask_equipment(turn, prompt(Say.NO_ROUTINE_YET))
        else:
            offer(turn, prompt(Say.NO_ROUTINE_YET))

    def have(turn: DialogueTurn[Choosing], intent: Intent, _: str) -> None:
        things = tuple(dict.fromkeys(thing for thing in intent.choices if thing != NOTHING))
        told = (GYM,) if GYM in things else things
        turn.record(EquipmentTold(at_ms=turn.at_ms, at_hand=told))
        turn.change(at_hand=told)
        offer(turn, _echo(told))

    def none(turn: DialogueTurn[Choosing], intent: Intent, source: str) -> None:
        if turn.state.asks == EQUIPMENT:
            have(turn, intent, source)
        else:
            _close(turn)

    script = Script(
        open=begin,
        replies={
            I.HAVE: have,
            I.NONE: none,
            I.CHOOSE: _choose,
            I.MORE: _more,
            I.NO: _more,
            I.UNDO: _back,
        },
        vocabulary=_vocabulary,
        question=_question,
        close=_close,
        leave=lambda _: None,
        choose=_two_readings,
        record_failed=_record_failed,
        foreseen=_foreseen,
    )
    return conversation(script)


def _ask_equipment(turn: DialogueTurn[Choosing], *before: Prompt) -> None:
    turn.change(at_hand=None, offers=(), first=0)
    turn.ask(EQUIPMENT, *before, prompt(Say.ASK_EQUIPMENT), prompt(Say.ASK_EQUIPMENT_HOME))


def _back(turn: DialogueTurn[Choosing], _: Intent, __: str) -> None:
    """Ask for the equipment anew: it was misheard, or is no longer so."""
    _ask_equipment(turn)


def _echo(at_hand: tuple[str, ...]) -> Prompt:
    if not at_hand:
        return prompt(Say.EQUIPMENT_NONE)
    if GYM in at_hand:
        return prompt(Say.EQUIPMENT_GYM)
    return prompt(Say.EQUIPMENT, things=listed(tuple(map(_with_article, at_hand))))


def _with_article(thing: str) -> str:
    return thing if thing in PLURAL else f"an {thing}" if thing[0] in "aeiou" else f"a {thing}"


def _offer(turn: DialogueTurn[Choosing], *before: Prompt) -> None:
    """Read out the routines on offer, and ask which."""
    if not turn.state.on_offer:
        turn.end(*before, prompt(Say.NOTHING_FITS))
        return
    turn.ask(WHICH, *before, *_read_out(turn.state.on_offer), prompt(Say.ASK_WHICH))


def _read_out(offers: tuple[Offer, ...]) -> tuple[Prompt, ...]:
    said = []
    for place, offer in zip(PLACES, offers, strict=False):
        said.append(prompt(Say.OFFER, place=place, routine=offer.name))
        if offer.about:
            said.append(prompt(Say.VERBATIM, text=offer.about))
        if offer.lacks:
            named = tuple(_with_article(thing) for thing in offer.lacks[:LACKS_NAMED])
            more = ("more",) if len(offer.lacks) > LACKS_NAMED else ()
            said.append(prompt(Say.OFFER_LACKS, things=listed((*named, *more))))
    return tuple(said)


def _choose(turn: DialogueTurn[Choosing], intent: Intent, _: str) -> None:
    """Take the routine that was named, or whose place was."""
    chosen = next((one for one in turn.state.offers if one.id in intent.choices), None)
    if chosen is None:
        turn.say(prompt(Say.NOT_NOW))
        return
    turn.hush()
    turn.record(RoutineChosen(at_ms=turn.at_ms, routine=chosen.id))
    turn.change(chosen=chosen.id)
    turn.end(prompt(Say.SWITCHED, exercise=chosen.name))


def _more(turn: DialogueTurn[Choosing], _: Intent, __: str) -> None:
    """Offer the next three, and after the last ones the first again."""
    state = turn.state
    following = state.first + AT_ONCE
    if following < len(state.offers):
        turn.change(first=following)
        _offer(turn)
    else:
        turn.change(first=0)
        _offer(turn, prompt(Say.NO_OTHERS))


def _close(turn: DialogueTurn[Choosing]) -> None:
    turn.end(prompt(Say.NONE_CHOSEN))


def _two_readings(turn: DialogueTurn[Choosing], event: ReadingsHeard) -> None:
    """Of two routines that may have been named, ask which."""
    names = [
        next((one.name for one in turn.state.offers if one.id in reading.choices), None)
        for reading in event.readings
    ]
    match names:
        case [str(first), str(second)] if first != second:
            turn.say(prompt(Say.WHICH, first=first, second=second))
        case _:
            turn.say(prompt(Say.SORRY), *_question(turn.state))


def _record_failed(turn: DialogueTurn[Choosing], event: RecordFailed) -> None:
    """What was said holds for today, though it could not be kept."""
    for fact in event.facts:
        match fact:
            case RoutineChosen(routine=routine):
                turn.change(chosen=routine)
                turn.end(prompt(Say.RECORD_FAILED))
            case _:
                turn.say(prompt(Say.RECORD_FAILED), *_question(turn.state))


def _question(state: Choosing) -> tuple[Prompt, ...]:
    if state.asks == EQUIPMENT:
        return (prompt(Say.ASK_EQUIPMENT), prompt(Say.ASK_EQUIPMENT_HOME))
    return (*_names(state), prompt(Say.ASK_WHICH))


def _names(state: Choosing) -> tuple[Prompt, ...]:
    return tuple(
        prompt(Say.OFFER, place=place, routine=offer.name)
        for place, offer in zip(PLACES, state.on_offer, strict=False)
    )


def _vocabulary(state: Choosing) -> Vocabulary:
    """Return what may be answered; while the offers are read out, places but no names."""
    if state.asks == EQUIPMENT:
        answers = frozenset[I]() if state.speaking else frozenset({I.HAVE, I.NONE})
        return Vocabulary(
            intents=frozenset({I.HAVE, I.NONE}),
            unit=state.unit,
            choices=SAID_OF_THINGS,
            expects=Expectation(answers=answers),
        )
    # The coach itself says "what else" while it speaks.
    answers = frozenset({I.CHOOSE}) if state.speaking else frozenset({I.CHOOSE, I.MORE})
    return Vocabulary(
        intents=frozenset({I.CHOOSE, I.MORE, I.NONE, I.NO, I.UNDO}),
        unit=state.unit,
        choices=_choices(state),
        expects=Expectation(answers=answers),
    )


def _choices(state: Choosing) -> tuple[tuple[str, str], ...]:
    """Return how each routine may be named: those on offer by their place as well."""
    places = [
        (phrase, offer.id)
        for place, offer in zip(PLACES, state.on_offer, strict=False)
        for phrase in (
            f"the {place} one",
            f"the {place}",
            f"{place} one",
            f"number {_NUMBER[place]}",
        )
    ]
    if state.speaking:
        return tuple(places)
    bare = [(place, offer.id) for place, offer in zip(PLACES, state.on_offer, strict=False)]
    names = [(_sayable(offer.name), offer.id) for offer in state.offers]
    return tuple(dict([*reversed(names), *bare, *places]).items())


_NUMBER = {"first": "one", "second": "two", "third": "three"}


def _sayable(name: str) -> str:
    letters = "".join(c if c.isascii() and (c.isalpha() or c in "' -") else " " for c in name)
    return as_spoken(letters)


def _foreseen(state: Choosing) -> tuple[Prompt, ...]:
    fixed = (Say.ASK_EQUIPMENT, Say.ASK_EQUIPMENT_HOME, Say.ASK_WHICH, Say.NONE_CHOSEN, Say.SORRY)
    offered = (prompt(Say.SWITCHED, exercise=offer.name) for offer in state.on_offer)
    return (*(prompt(say) for say in fixed), *_read_out(state.on_offer), *offered)
