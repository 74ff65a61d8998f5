"""What is said beside the sets of a workout: bodyweight, and notes."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.dictation import note_in, plain_note
from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.events import Dictated
from voicecoach.session.facts import BodyweightLogged, EntryVoided, NoteTaken
from voicecoach.session.leading import REST_CALL_MS
from voicecoach.session.phases import Phase, Resting, TakingNote
from voicecoach.session.state import Aside, State
from voicecoach.session.turn import Turn
from voicecoach.session.vocabulary import legal_intents
from voicecoach.training.plausible import is_plausible_bodyweight


def weigh(turn: Turn, intent: Intent) -> None:
    """Log the athlete's bodyweight."""
    if intent.load is None or not is_plausible_bodyweight(intent.load):
        turn.say(prompt(Say.SORRY))
        return
    fact = BodyweightLogged(at_ms=turn.at_ms, entry_id=_entry_id(turn), weight=intent.load)
    _log(turn, fact, prompt(Say.WEIGHED, load_unit=intent.load))


def note(turn: Turn) -> None:
    """Ask what is to be noted."""
    turn.enter(TakingNote(within=turn.state.phase))
    turn.say(prompt(Say.ASK_NOTE))


def dictated(turn: Turn, event: Dictated) -> bool:
    """Take free speech for a note, where it is one; tell whether it was."""
    phase = turn.state.phase
    if isinstance(phase, TakingNote):
        turn.enter(_resumed(phase.within, turn.at_ms))
        text = plain_note(note_in(event.text) or event.text)
        if not text:
            turn.say(prompt(Say.CANNOT_WRITE))
            return True
    else:
        noted = note_in(event.text)
        if noted is None or I.NOTE not in legal_intents(turn.state):
            return False
        text = noted
    last = turn.state.standing[-1:]
    fact = NoteTaken(
        at_ms=turn.at_ms,
        entry_id=_entry_id(turn),
        text=text,
        set_id=last[0].fact.set_id if last else None,
    )
    _log(turn, fact, prompt(Say.NOTED, text=text))
    return True


def leave_note(turn: Turn, phase: TakingNote) -> None:
    """Go back to what was under way, without a note."""
    turn.enter(_resumed(phase.within, turn.at_ms))
    turn.say(prompt(Say.LEFT_OUT))


def undo(turn: Turn) -> bool:
    """Take back what was said beside the sets, if that was said last; tell whether it was."""
    state = turn.state
    if isinstance(state.phase, TakingNote):
        leave_note(turn, state.phase)
        return True
    standing = [aside for aside in state.asides if not aside.voided]
    if not standing or standing[-1].after_sets < len(state.sets):
        return False
    last = standing[-1].fact
    turn.record(EntryVoided(at_ms=turn.at_ms, entry_id=last.entry_id))
    turn.change(asides=without(state, last.entry_id).asides)
    what = "the note" if isinstance(last, NoteTaken) else "bodyweight"
    turn.say(prompt(Say.UNDONE, exercise=what))
    return True


def without(state: State, entry_id: str) -> State:
    """Return `state` with an aside undone."""
    asides = (
        replace(aside, voided=True) if aside.fact.entry_id == entry_id else aside
        for aside in state.asides
    )
    return replace(state, asides=tuple(asides))


def _entry_id(turn: Turn) -> str:
    return f"{turn.state.session_id}/said/{len(turn.state.asides) + 1}"


def _log(turn: Turn, fact: BodyweightLogged | NoteTaken, said: Prompt) -> None:
    turn.record(fact)
    turn.change(asides=(*turn.state.asides, Aside(fact, len(turn.state.sets))))
    turn.say(said)


def _resumed(within: Phase, at_ms: int) -> Phase:
    """Return the phase as it goes on; a rest whose call was missed is not called any more."""
    match within:
        case Resting(until_ms, called):
            return replace(within, called=called or at_ms > until_ms - REST_CALL_MS)
        case _:
            return within
