"""Sets that begin by the clock (EMOM): when the next one is due, whatever came between.

The clock is where its first set began; every later start follows from the
plan. An undo therefore goes back to the start it came from, and a pause or
a longer rest that was asked for moves the whole clock.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.session.state import MinuteClock, State
from voicecoach.training.order import clock_s, round_of


def start_ms(state: State) -> int | None:
    """Return when the set that comes next is to begin; None where no clock runs for it."""
    place, clock = state.position, state.clock
    if place is None or clock is None or clock.block != round_of(state.plan, place[0])[0]:
        return None
    after_s = clock_s(state.plan, place)
    return None if after_s is None else clock.origin_ms + 1000 * after_s


def begun(state: State, at_ms: int) -> MinuteClock | None:
    """Return the clock once the set that comes next begins at `at_ms`.

    The first set starts it. Who begins whole intervals too late has missed
    them: the clock goes on from the interval that runs by now.
    """
    place = state.position
    after_s = None if place is None else clock_s(state.plan, place)
    if place is None or after_s is None:
        return state.clock
    due_ms = start_ms(state)
    if state.clock is None or due_ms is None:
        return MinuteClock(round_of(state.plan, place[0])[0], at_ms - 1000 * after_s)
    interval_ms = 1000 * (state.block.interval_s or 0)
    missed = max(0, at_ms - due_ms) // interval_ms
    return replace(state.clock, origin_ms=state.clock.origin_ms + missed * interval_ms)


def moved(state: State, by_ms: int) -> MinuteClock | None:
    """Return the clock, moved on by what was paused or rested longer."""
    clock = state.clock
    return None if clock is None else replace(clock, origin_ms=clock.origin_ms + by_ms)
