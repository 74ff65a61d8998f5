"""Two readings are plausible: which one is asked, so that it cannot be misheard again."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import Intent
from voicecoach.language.numbers import digits_of
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.phases import Choosing
from voicecoach.session.turn import Turn
from voicecoach.units import Rpe

SLOTS = ("reps", "load", "seconds", "rpe")
"""What two readings of one intent may differ in."""


def in_doubt(readings: tuple[Intent, Intent]) -> str | None:
    """Return the one slot that two readings differ in; None where they differ in more."""
    first, second = readings
    differing = [slot for slot in SLOTS if getattr(first, slot) != getattr(second, slot)]
    said = len(differing) == 1 and None not in (
        getattr(first, differing[0]),
        getattr(second, differing[0]),
    )
    return differing[0] if said and first.name is second.name else None


def ask(turn: Turn, readings: tuple[Intent, Intent]) -> bool:
    """Ask which of two readings is meant; return False where that is no question of one number.

    A teen and its ten are asked by their digits, which cannot be misheard.
    """
    slot = in_doubt(readings)
    if slot is None:
        return False
    phase = turn.state.phase
    within = phase.within if isinstance(phase, Choosing) else phase
    turn.enter(Choosing(readings, within=within))
    first, second = (getattr(reading, slot) for reading in readings)
    turn.say(_question(first, second, by_digits=isinstance(phase, Choosing)))
    return True


def answer(turn: Turn, phase: Choosing, intent: Intent) -> Intent:
    """Go back to what was under way; return the first reading with what `intent` says instead."""
    turn.enter(phase.within)
    slot = in_doubt(phase.readings)
    assert slot is not None  # noqa: S101  # or it would not have been asked
    return replace(phase.readings[0], **{slot: getattr(intent, slot)})


def _question(first: object, second: object, *, by_digits: bool) -> Prompt:
    match first, second:
        case Rpe(), Rpe():
            return prompt(Say.WHICH, first=first.value, second=second.value)
        case int(), int() if by_digits or _alike(first, second):
            return prompt(
                Say.WHICH_DIGITS,
                first=first,
                digits_of_first=digits_of(first),
                second=second,
                digits_of_second=digits_of(second),
            )
        case _:
            return prompt(Say.WHICH, first=first, second=second)


def _alike(one: int, other: int) -> bool:
    """Tell whether two numbers are a teen and its ten."""
    low, high = sorted((one, other))
    return 13 <= low <= 19 and high == 10 * (low - 10)
