"""Leading the athlete through the workout: announce, count, log, rest, go on, finish."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import announcing, counting, measuring, minutes, records, rounds, sides
from voicecoach.session.closing import finish
from voicecoach.session.effects import Earcon, StopCounting
from voicecoach.session.facts import RoundsEnded, SetLogged, SetResult, SideDone
from voicecoach.session.phases import (
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    CountingDown,
    OfferingSkip,
    Resting,
    Wait,
    WarmingUp,
    Working,
)
from voicecoach.session.state import LoggedSet, Side, State
from voicecoach.session.turn import Turn
from voicecoach.training.order import Place, rest_between, round_of
from voicecoach.training.prescription import CountMode, HoldTarget, RepTarget, SetKind

REST_CALL_MS = 10_000
"""How long before its end a rest is called."""

REST_CALL_SPEECH_MS = 2_000
"""What the call itself takes; a rest too short for it is only counted down."""

LATE_LEAD_MS = 3_000
"""From the end of a set that came late to the countdown of the next: enough to say so."""

SWITCH_LEAD_MS = 4_000
"""From one side to the countdown of the other: enough to turn, or to change hands."""


def open_session(turn: Turn) -> None:
    """Begin: the question of first use, then the workout."""
    if turn.state.ask_injury:
        turn.enter(AskingInjury())
        turn.say(_welcome(turn), prompt(Say.ASK_INJURY))
    else:
        begin_workout(turn, _welcome(turn))


def _welcome(turn: Turn) -> Prompt:
    return prompt(Say.WELCOME, name=turn.state.plan.name, workout=turn.state.plan.workout)


def begin_workout(turn: Turn, *before: Prompt) -> None:
    """Go to the warm-up, or to where an unfinished session was left."""
    state = turn.state
    if state.resumed and rounds.broken_off(state):
        end_rounds(turn, *before)
    elif state.resumed and state.position is not None:
        approach(turn, *before, prompt(Say.RESUMED, place=announcing.next_place(state)))
    elif state.plan.warmup_s:
        turn.enter(WarmingUp(turn.at_ms + 1000 * state.plan.warmup_s))
        advice = state.plan.warmup_advice
        turn.say(
            *before,
            prompt(Say.WARM_UP, span=state.plan.warmup_s),
            *([prompt(Say.VERBATIM, text=advice)] if advice else []),
            prompt(Say.START_SOONER),
        )
    else:
        approach(turn, *before)


def approach(turn: Turn, *before: Prompt) -> None:
    """Go to the set that comes next: ask for its load, or announce it; finish where none is."""
    state = turn.state
    if state.position is None:
        finish(turn, *before)
    elif rounds.over(state, turn.at_ms):
        end_rounds(turn, *before)
    elif state.lacks_load:
        turn.enter(AskingLoad())
        turn.say(*before, prompt(Say.ASK_LOAD, exercise=announcing.block_name(state.block)))
    else:
        turn.enter(AwaitingReady())
        turn.say(*before, *announcing.announcement(turn.state))


def count_down(turn: Turn, already: int = 0, *, lead_ms: int = counting.LEAD_MS) -> None:
    """Count three, two, one to the work, of which `already` reps or seconds are done."""
    turn.hush()
    first_ms = turn.at_ms + lead_ms
    word = counting.start_word(turn.state.block, hold=turn.state.is_hold)
    turn.enter(CountingDown(first_ms + 3 * counting.BEAT_MS, already))
    turn.count(counting.countdown(first_ms, word))


def begin_work(turn: Turn, phase: CountingDown) -> None:
    """Start the set: the tone, and the grid of the count."""
    state = turn.state
    grid = counting.work_grid(
        state.block,
        state.prescription.target,
        phase.start_ms,
        counted=phase.counted,
        tempo_percent=state.tempo_percent,
    )
    turn.change(clock=rounds.begun(state, phase.start_ms))
    turn.enter(Working(phase.start_ms, phase.counted, grid, touched_ms=phase.start_ms))
    turn.play(Earcon.GO)
    if grid is not None:
        beats = counting.second_beats if state.is_hold else counting.rep_beats
        turn.count(beats(grid, phase.counted))


def tick(turn: Turn, phase: Working) -> None:
    """Take the next number of the grid as counted; the last one ends the set."""
    assert phase.grid is not None  # noqa: S101  # only a grid has beats to reach
    reached = replace(phase, counted=phase.counted + 1)
    turn.enter(reached)
    if reached.counted >= phase.grid.last:
        complete(
            turn,
            measuring.measured(turn, reached),
            measuring.counted_by(turn.state, reached),
            named=False,
        )


def end_set(turn: Turn, phase: Working, reps: int | None, source: str) -> None:
    """End the set, or one side of it, at the athlete's word."""
    turn.effects.append(StopCounting())
    named = reps is not None
    by = source if named else measuring.counted_by(turn.state, phase) or source
    complete(turn, measuring.measured(turn, phase, reps=reps), by, named=named)


def complete(turn: Turn, result: SetResult, source: str, *, named: bool) -> None:
    """Take the work as done: turn to the other side, log the set, or ask how much it was.

    `named` where the athlete gave the number. A warm-up that nobody counted
    is taken as told: it counts for nothing, and is mended like any other. So
    is a set of rounds against the time, which no question shall hold up.
    """
    state = turn.state
    if state.side is Side.LEFT:
        switch_sides(turn, result, source, named=named)
        return
    result = sides.joined(state, result, named=named)
    source = sides.source_of(state, result, source)
    target = state.prescription.target
    if sides.amount(result) is not None:
        log_set(turn, result, source)
    elif takes_as_told(state) and isinstance(target, RepTarget):
        log_set(turn, replace(result, reps=target.low), "prescribed")
    else:
        ask_reps(turn)


def takes_as_told(state: State) -> bool:
    """Tell whether a set that nobody counted is taken for what it asks for."""
    return state.prescription.kind is SetKind.WARMUP or rounds.running(state)


def switch_sides(turn: Turn, result: SetResult, source: str, *, named: bool) -> None:
    """Keep what the left side did, and count down to the right."""
    fact = sides.done(turn.state, result, source, turn.at_ms)
    turn.record(fact)
    turn_over(turn, fact, *(announcing.echo(result) if named else ()))


def turn_over(turn: Turn, done: SideDone, *before: Prompt) -> None:
    """Count down to the other side of the set of which one side is done."""
    turn.change(first_side=sides.kept(done))
    count_down(turn, lead_ms=SWITCH_LEAD_MS)
    turn.say(*before, prompt(Say.SWITCH_SIDES))


def ask_reps(turn: Turn, *before: Prompt, pain: bool = False) -> None:
    """Ask how much the set was."""
    turn.enter(AskingReps(pain=pain))
    turn.say(*before, prompt(Say.HOW_MANY_SECONDS if turn.state.is_hold else Say.HOW_MANY))


def log_set(turn: Turn, result: SetResult, source: str, *before: Prompt) -> None:
    """Commit the set that comes next as done, say it back, and go on to what follows."""
    logged = record_set(turn, result, source)
    state = turn.state
    said = (*before, *announcing.echo(result), *records.announced(state, logged))
    asks = state.plan.blocks[logged.fact.block].asks_rpe and result.rpe is None
    by_clock = minutes.start_ms(state) is not None or rounds.running(state)
    if asks and logged.fact.kind is SetKind.WORKING and state.position and not by_clock:
        rest_s = rest_between(state.plan, logged.place, state.position)
        turn.enter(AskingRpe(turn.at_ms + 1000 * rest_s))
        turn.say(*said, prompt(Say.ASK_RPE))
    else:
        go_on(turn, logged.place, *said)


def go_on(turn: Turn, done: Place, *before: Prompt) -> None:
    """Rest after the set at `done`, or go straight on, to the set that comes next."""
    state = turn.state
    if state.position is None:
        finish(turn, *before)
    elif rounds.running(state):
        next_of_round(turn, *before)
    elif minutes.start_ms(state) is not None:
        wait_for_start(turn, *before)
    else:
        rest_s = rest_between(state.plan, done, state.position)
        rest(turn, turn.at_ms + 1000 * rest_s, *before, announced_s=rest_s)


def wait_for_start(turn: Turn, *before: Prompt) -> None:
    """Rest until the clock begins the next set; who is late for it begins at once."""
    due_ms = minutes.start_ms(turn.state)
    assert due_ms is not None  # noqa: S101  # the caller has looked
    left_ms = due_ms - turn.at_ms
    if turn.state.lacks_load:
        approach(turn, *before)
    elif left_ms > counting.LEAD_MS + 3 * counting.BEAT_MS:
        rest(turn, due_ms, *before, announced_s=left_ms // 1000)
    else:
        late_s = -left_ms // 1000
        count_down(turn, lead_ms=LATE_LEAD_MS)
        late = (prompt(Say.LATE, span=late_s),) if late_s > 0 else ()
        turn.say(*before, *late, prompt(Say.STRAIGHT_ON))


def next_of_round(turn: Turn, *before: Prompt) -> None:
    """Go straight on to the next set of rounds against the time, or end them once it is over."""
    state = turn.state
    if rounds.over(state, turn.at_ms):
        end_rounds(turn, *before)
    elif state.lacks_load:
        approach(turn, *before)
    else:
        if state.is_hold or state.block.count is CountMode.PACED:
            count_down(turn, lead_ms=LATE_LEAD_MS)
        else:
            begin_work(turn, CountingDown(turn.at_ms))
        side = () if state.side is None else (sides.named(state.side),)
        turn.say(*before, *_what_follows(state), *side)


def call_time(turn: Turn) -> None:
    """Call how far the time of the rounds has run; at its end take what was done by then."""
    clock, word = rounds.call(turn.state, turn.at_ms)
    turn.change(clock=clock)
    if word is not Say.TIME:
        turn.say(prompt(word))
        return
    state, phase = turn.state, turn.state.phase
    turn.effects.append(StopCounting())
    turn.hush()
    if isinstance(phase, Working) and state.side is not Side.LEFT:
        result = sides.joined(state, measuring.measured(turn, phase), named=False)
        if sides.amount(result):
            source = sides.source_of(state, result, measuring.counted_by(state, phase))
            log_set(turn, result, source, prompt(word))
            return
        if phase.grid is None:
            ask_reps(turn, prompt(word))
            return
    end_rounds(turn, prompt(word))


def end_rounds(turn: Turn, *before: Prompt) -> None:
    """Pass over what was not reached of the rounds, say how many were done, and go on."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # rounds end before a set of theirs
    block = round_of(state.plan, state.position[0])[0]
    turn.record(RoundsEnded(at_ms=turn.at_ms, block=block))
    turn.state = rounds.closed(state, block)
    last = state.standing[-1].place if state.standing else (block, 0)
    go_on(turn, last, *before, prompt(Say.ROUNDS_DONE, text=rounds.tally(state, block)))


def record_set(turn: Turn, result: SetResult, source: str) -> LoggedSet:
    """Commit the set that comes next as done."""
    state = turn.state
    assert state.position is not None  # noqa: S101  # a set is only logged where one is due
    number = state.position[1]
    prescription = state.prescription
    match prescription.target:
        case HoldTarget(seconds):
            low = high = seconds
        case RepTarget(low, high):
            pass
    fact = SetLogged(
        at_ms=turn.at_ms,
        set_id=f"{state.session_id}/{len(state.sets) + 1}",
        block=state.position[0],
        number=number + 1,
        exercise=state.block.exercise.id,
        variation=state.block.variation.id if state.block.variation else None,
        kind=prescription.kind,
        low=low,
        high=high,
        result=result,
        source=source,
    )
    logged = LoggedSet(fact, result)
    turn.record(fact)
    turn.change(sets=(*state.sets, logged), first_side=None)
    return logged


def rest(turn: Turn, until_ms: int, *before: Prompt, announced_s: int | None = None) -> None:
    """Rest until an instant, or go straight on where that is now."""
    left_ms = until_ms - turn.at_ms
    if left_ms <= 0:
        approach(turn, *before)
        return
    called = left_ms <= REST_CALL_MS + REST_CALL_SPEECH_MS
    phase = turn.state.phase
    wait = phase.wait if isinstance(phase, Resting) else Wait()
    turn.enter(Resting(until_ms, called=called, wait=wait))
    said = list(before)
    if announced_s is not None:
        said.append(prompt(Say.REST, span=announced_s))
    turn.say(*said, *_what_follows(turn.state))
    if called and left_ms > 3 * counting.BEAT_MS + counting.LEAD_MS:
        _count_to(turn, until_ms)


def _what_follows(state: State) -> tuple[Prompt, ...]:
    """Name what comes after the rest, in full where it then begins without another word."""
    last = state.standing[-1].place if state.standing else None
    if state.position is None:
        return ()
    if state.lacks_load:  # asked at once: there is the whole rest to find it and put it on
        return (prompt(Say.NEXT_ASKS, exercise=announcing.block_name(state.block)),)
    if state.lacks_load_done and _is_first_of_block(state):
        return (prompt(Say.ASK_LOAD_DONE),)
    by_clock = minutes.start_ms(state) is not None or rounds.running(state)
    return announcing.what_follows(state, last, in_full=by_clock)


def _is_first_of_block(state: State) -> bool:
    """Tell whether the set done last is the only one yet of its exercise."""
    block = state.standing[-1].fact.block
    return sum(logged.fact.block == block for logged in state.standing) == 1


def _count_to(turn: Turn, until_ms: int) -> None:
    """Count down the last seconds of a rest, to the work itself where the clock begins it."""
    state = turn.state
    by_clock = minutes.start_ms(state) is not None
    word = counting.start_word(state.block, hold=state.is_hold) if by_clock else None
    turn.count(counting.countdown(until_ms - 3 * counting.BEAT_MS, word))


def rest_on(turn: Turn, until_ms: int, *before: Prompt, announced_s: int | None = None) -> None:
    """Go on resting, to another instant than before; the clock, where one runs, has been moved."""
    if minutes.start_ms(turn.state) is not None:
        wait_for_start(turn, *before)
    else:
        rest(turn, until_ms, *before, announced_s=announced_s)


def call_rest(turn: Turn, phase: Resting) -> None:
    """Say that ten seconds are left, and count down the last three."""
    turn.enter(replace(phase, called=True))
    turn.say(prompt(Say.TEN_SECONDS))
    _count_to(turn, phase.until_ms)


def end_rest(turn: Turn, phase: Resting | AskingRpe) -> None:
    """Go on from the rest to the next set; it begins by itself where it goes by the clock."""
    by_clock = minutes.start_ms(turn.state) is not None and not turn.state.lacks_load
    if by_clock and isinstance(phase, Resting):
        begin_work(turn, CountingDown(phase.until_ms))
    else:
        turn.play(Earcon.REST_OVER)
        approach(turn)


def skip_rest(turn: Turn) -> None:
    """Cut the rest short."""
    turn.effects.append(StopCounting())
    turn.hush()
    approach(turn)


def offer_skip(turn: Turn, done: Place, *before: Prompt) -> None:
    """After pain in the set at `done`: offer to leave out what is left of its exercise, if any."""
    state = turn.state
    if state.sets_left(done[0]):
        turn.enter(OfferingSkip(done[0]))
        name = announcing.block_name(state.plan.blocks[done[0]])
        turn.say(*before, prompt(Say.HURT_SKIP, exercise=name))
    else:
        go_on(turn, done, *before)
