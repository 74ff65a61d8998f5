"""What is told to the logbook in any words, as they were written down: taken, or let be."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.dictation import note_in, plain_note, told_in
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.likeness import closest
from voicecoach.language.prompts import Say, prompt
from voicecoach.session import telling
from voicecoach.session.events import Dictated
from voicecoach.session.logbook import AskingName, Draft, GuessingName, TakingNote
from voicecoach.session.telling import Turn
from voicecoach.training.exercise import as_spoken
from voicecoach.training.told import Told


def dictated(turn: Turn, event: Dictated) -> bool:
    """Take what was written down freely; tell whether it was of any use."""
    if isinstance(turn.state.pending, TakingNote):
        text = plain_note(note_in(event.text) or event.text)
        if text:
            telling.log_note(turn, text)
        else:
            telling.listen_on(turn, prompt(Say.CANNOT_WRITE))
        return True
    noted = note_in(event.text)
    if noted:
        telling.log_note(turn, noted)
        return True
    told = told_in(event.text, turn.state.unit)
    if told is not None:
        return _told_freely(turn, told, event.source)
    if event.guess is not None and event.guess.name is I.LOG and event.guess.exercise:
        return _half_heard(turn, event.guess)
    return False


def _told_freely(turn: Turn, told: Told, source: str) -> bool:
    """Take sets of an exercise by whatever name: ask about one that nobody knows, once."""
    state = turn.state
    names = dict(state.names)
    name = as_spoken(told.exercise)
    draft = Draft(
        key=names.get(name),
        amounts=told.amounts,
        seconds=told.held,
        load=told.load,
        rpe=told.rpe,
    )
    if draft.key is not None:
        telling.settle(turn, draft, source)
        return True
    draft = replace(draft, heard=name)
    near = closest(name, names)
    if near is not None:
        telling.await_answer(turn, GuessingName(draft, names[near]))
    elif source == "typed":
        telling.await_answer(turn, AskingName(draft), prompt(Say.UNKNOWN_NAME, text=name))
    else:
        return False  # talk of others, as likely as not
    return True


def _half_heard(turn: Turn, guess: Intent) -> bool:
    """Ask whether an exercise was meant that was not heard clearly."""
    assert guess.exercise is not None  # noqa: S101  # the caller has looked
    amount = guess.seconds if guess.seconds is not None else guess.reps
    draft = Draft(
        amounts=() if amount is None else (amount,) * (guess.sets or 1),
        seconds=guess.seconds is not None,
        load=guess.load,
    )
    telling.await_answer(turn, GuessingName(draft, guess.exercise))
    return True
