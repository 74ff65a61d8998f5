"""As many rounds as can be in a time (AMRAP): whether its clock runs, what it calls, what was done.

The clock is where the first set began, as that of an EMOM; a pause moves it.
Once the time is over the sets that were not reached are passed over.
"""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.prompts import Say, counted
from voicecoach.session import minutes
from voicecoach.session.phases import AskingLoad, AwaitingReady, CountingDown, Working
from voicecoach.session.state import MinuteClock, Skip, State
from voicecoach.training.order import round_of
from voicecoach.training.prescription import SetKind

LAST_CALL_S = 60
"""How long before the end that is called; only where half of the time is longer."""

INTERRUPTIBLE = Working | CountingDown | AwaitingReady | AskingLoad
"""The phases into which the time is called; a question is answered first."""


def limit_s(state: State) -> int | None:
    """Return for how long the rounds go on that the next set belongs to; None for any other set.

    Warm-up sets are done before they begin.
    """
    if state.position is None or state.prescription.kind is SetKind.WARMUP:
        return None
    return state.block.amrap_s


def ended(state: State) -> bool:
    """Tell whether the rounds of the next set have been closed: it was undone after them."""
    group = _group(state)
    return any(skip.timed and any(one[0] in group for one in skip.places) for skip in state.skips)


def running(state: State) -> bool:
    """Tell whether the clock runs for the set that comes next."""
    if limit_s(state) is None or state.clock is None:
        return False
    return state.clock.block == _group(state)[0] and not ended(state)


def broken_off(state: State) -> bool:
    """Tell whether a session broke off in the midst of rounds: nobody knows how long ago."""
    group = _group(state)
    begun = any(logged.place[0] in group for logged in state.standing)
    return limit_s(state) is not None and begun and not running(state)


def begun(state: State, at_ms: int) -> MinuteClock | None:
    """Return the clock, of rounds or of minutes, once the next set begins at `at_ms`."""
    if limit_s(state) is None or ended(state):
        return minutes.begun(state, at_ms)
    return state.clock if running(state) else MinuteClock(_group(state)[0], at_ms)


def due_ms(state: State) -> int | None:
    """Return when the time is to be called next; None while it is not."""
    clock = state.clock
    if clock is None or not running(state) or not isinstance(state.phase, INTERRUPTIBLE):
        return None
    ahead = _calls(state)[clock.called :]
    return clock.origin_ms + 1000 * ahead[0][0] if ahead else None


def left_s(state: State, at_ms: int) -> int:
    """Return the seconds that are left of the rounds, begun ones as whole; 0 where none run."""
    limit, clock = limit_s(state), state.clock
    if limit is None or clock is None or not running(state):
        return 0
    return max(0, -((at_ms - clock.origin_ms - 1000 * limit) // 1000))


def over(state: State, at_ms: int) -> bool:
    """Tell whether the time of the rounds that run is over."""
    return running(state) and left_s(state, at_ms) == 0


def call(state: State, at_ms: int) -> tuple[MinuteClock | None, Say]:
    """Return the clock after what is called at `at_ms`, and the word for it; the latest counts."""
    clock, calls = state.clock, _calls(state)
    assert clock is not None  # noqa: S101  # nothing is due without it
    passed = sum(at_ms >= clock.origin_ms + 1000 * after_s for after_s, _ in calls)
    return replace(clock, called=passed), calls[passed - 1][1]


def closed(state: State, block: int) -> State:
    """Return `state` with what was not reached of the rounds of `block` passed over."""
    group = round_of(state.plan, block)
    left = frozenset[tuple[int, int]]().union(*(state.places_left(n) for n in group))
    skip = Skip(left, after_sets=len(state.sets), timed=True)
    return replace(state, skips=(*state.skips, skip), first_side=None)


def tally(state: State, block: int) -> str:
    """Return what was done in the rounds of `block`: "four rounds and one set"."""
    group = round_of(state.plan, block)
    working = [s.place[0] for s in state.standing if s.fact.kind is SetKind.WORKING]
    done = [working.count(n) for n in group]
    whole = min(done) if len(group) > 1 else 0
    more = sum(done) - whole * len(group)
    said = [counted(whole, "round")] if whole else []
    if more or not whole:
        said.append(counted(more, "set"))
    return " and ".join(said)


def _calls(state: State) -> tuple[tuple[int, Say], ...]:
    """Return after how many seconds what is called."""
    limit = limit_s(state) or 0
    last = ((limit - LAST_CALL_S, Say.LAST_MINUTE),) if limit > 2 * LAST_CALL_S else ()
    return ((limit // 2, Say.HALF_WAY), *last, (limit, Say.TIME))


def _group(state: State) -> range:
    return range(0) if state.position is None else round_of(state.plan, state.position[0])
