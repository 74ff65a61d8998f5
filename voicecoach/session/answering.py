"""Answers to what the athlete asks, and the coach's manner: repeat, louder, faster."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import PHRASINGS, IntentName
from voicecoach.language.prompts import Say, counted, listed, prompt
from voicecoach.session import announcing, counting, rounds
from voicecoach.session.effects import AdjustRate, AdjustVolume, Earcon, StopCounting
from voicecoach.session.phases import AskingRpe, CountingDown, Grid, Resting, WarmingUp, Working
from voicecoach.session.turn import Turn

VOLUME_STEP_DB = 3.0
RATE_STEP_PERCENT = 10
TEMPO_LIMITS = (50, 200)

MOST_WANTED = (
    *(IntentName.LOAD, IntentName.NUMBER, IntentName.YES, IntentName.NO),
    *(IntentName.READY, IntentName.DONE, IntentName.SKIP_REST, IntentName.AMEND),
    *(IntentName.UNDO, IntentName.ADD_TIME, IntentName.WEIGHT, IntentName.HURTS),
    *(IntentName.HOW_LONG_LEFT, IntentName.CUES, IntentName.SKIP_EXERCISE, IntentName.PAUSE),
)
"""What the help names first where it may be said: answers, what the moment is for, the way out."""


def how_long_left(turn: Turn) -> None:
    """Say how long the running timer has left."""
    if rounds.running(turn.state):
        turn.say(prompt(Say.LEFT, span=rounds.left_s(turn.state, turn.at_ms)))
        return
    match turn.state.phase:
        case Resting(until_ms) | WarmingUp(until_ms) | AskingRpe(until_ms):
            left_s = max(0, -(-(until_ms - turn.at_ms) // 1000))
            turn.say(prompt(Say.LEFT, span=left_s))
        case Working(grid=Grid() as grid):
            left_s = max(0, -(-(grid.at(grid.last) - turn.at_ms) // 1000))
            turn.say(prompt(Say.LEFT, span=left_s))
        case _:
            turn.say(prompt(Say.NO_TIMER))


def whats_next(turn: Turn) -> None:
    """Name the set that comes next."""
    state = turn.state
    if state.position is None:
        turn.say(prompt(Say.NOTHING_NEXT))
        return
    place = announcing.next_place(state)
    turn.say(prompt(Say.WHATS_NEXT, place=place), *announcing.target(state))


def how_many_left(turn: Turn) -> None:
    """Say how many sets of this exercise are left, and which exercises follow."""
    state = turn.state
    if state.position is None:
        turn.say(prompt(Say.NOTHING_NEXT))
        return
    index = state.position[0]
    left = counted(state.sets_left(index), "set")
    name = announcing.block_name(state.block)
    said = [prompt(Say.SETS_LEFT, sets_left=left, exercise=name)]
    limit_s = rounds.limit_s(state)
    if limit_s is not None:  # how many there will be nobody knows
        said = [prompt(Say.LEFT, span=rounds.left_s(state, turn.at_ms) or limit_s)]
    later = tuple(
        announcing.block_name(block)
        for n, block in enumerate(state.plan.blocks)
        if n != index and state.sets_left(n)
    )
    if later:
        said.append(prompt(Say.EXERCISES_LEFT, exercises_left=listed(later)))
    turn.say(*said)


def cues(turn: Turn) -> None:
    """Say how the exercise is done, all of it."""
    state = turn.state
    texts = announcing.all_cues(state.block) if state.position is not None else ()
    turn.say(*[prompt(Say.VERBATIM, text=text) for text in texts])


def repeat(turn: Turn) -> None:
    """Say the last thing again."""
    turn.say(*turn.state.last_said)


def help_with(turn: Turn, legal: frozenset[IntentName]) -> None:
    """Name some of what can be said now, what is most wanted first."""
    example = {p.name: p.example for p in PHRASINGS if p.name in legal}
    names = [one for one in MOST_WANTED if one in example]
    names += [one for one in example if one not in MOST_WANTED and one is not IntentName.HELP]
    turn.say(prompt(Say.CAN_SAY, text="; ".join(example[one] for one in names[:8])))


def adjust_volume(turn: Turn, direction: int) -> None:
    """Speak louder (+1) or softer (−1)."""
    turn.effects.append(AdjustVolume(direction * VOLUME_STEP_DB))
    turn.play(Earcon.HEARD)


def adjust_pace(turn: Turn, direction: int) -> None:
    """Go faster (+1) or slower (−1): the count while it runs or is about to, else the speech."""
    state = turn.state
    phase = state.phase
    if isinstance(phase, CountingDown) or (isinstance(phase, Working) and phase.grid is not None):
        if state.is_hold:
            return  # a second is a second
        low, high = TEMPO_LIMITS
        percent = state.tempo_percent + direction * RATE_STEP_PERCENT
        turn.change(tempo_percent=min(high, max(low, percent)))
        if isinstance(phase, Working):
            _change_grid(turn, phase)
    else:
        turn.effects.append(AdjustRate(direction * RATE_STEP_PERCENT))
        turn.play(Earcon.HEARD)


def _change_grid(turn: Turn, phase: Working) -> None:
    """Count on at the new tempo from the last number that sounded."""
    assert phase.grid is not None  # noqa: S101  # the caller has looked
    state = turn.state
    new = counting.work_grid(
        state.block,
        state.prescription.target,
        phase.grid.at(phase.counted),
        counted=phase.counted,
        tempo_percent=state.tempo_percent,
    )
    assert new is not None  # noqa: S101  # a paced set stays paced
    soonest_ms = turn.at_ms + counting.LEAD_MS
    late_ms = max(0, soonest_ms - new.at(phase.counted + 1))
    new = replace(new, origin_ms=new.origin_ms + late_ms)
    turn.enter(replace(phase, grid=new))
    turn.effects.append(StopCounting())
    turn.count(counting.rep_beats(new, phase.counted))
