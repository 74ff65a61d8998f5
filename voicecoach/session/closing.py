"""Closing a session: finished, left at once, or kept for later."""

from __future__ import annotations

from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.session.effects import Earcon, EndSession, StopCounting, StopSpeaking
from voicecoach.session.facts import SessionFinished
from voicecoach.session.phases import Ended
from voicecoach.session.summary import advice_prompts
from voicecoach.session.turn import Turn
from voicecoach.training.prescription import SetKind


def finish(turn: Turn, *before: Prompt) -> None:
    """Close the session: how much was done, and what comes next time and why."""
    state = turn.state
    done = state.performed()
    completed = state.position is None and bool(done)
    turn.record(SessionFinished(at_ms=turn.at_ms, completed=completed))
    turn.enter(Ended())
    if done:
        span = max(1, round(turn.at_ms / 60_000)) * 60
        hard = sum(one.kind is not SetKind.WARMUP for one in done)
        sets_done = counted(hard, "set") if hard else counted(len(done), "warm-up set")
        said = prompt(Say.FINISHED, sets_done=sets_done, span=span)
        turn.say(*before, said, *advice_prompts(state), prompt(Say.WELL_DONE))
    else:
        turn.say(*before, prompt(Say.FINISHED_EMPTY))
    turn.play(Earcon.FINISHED)
    turn.effects.append(EndSession())


def leave(turn: Turn) -> None:
    """End at once and keep what was logged; a session with nothing done is closed for good."""
    if not turn.state.standing and turn.state.first_side is None:
        turn.record(SessionFinished(at_ms=turn.at_ms, completed=False))
    turn.enter(Ended())
    turn.effects += [StopCounting(), StopSpeaking(), EndSession()]


def keep_for_later(turn: Turn) -> None:
    """Nobody has answered for long: say so, and leave the session to be resumed."""
    turn.enter(Ended())
    turn.say(prompt(Say.SAVED_FOR_LATER))
    turn.effects.append(EndSession())
