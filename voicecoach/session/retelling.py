"""What was told, once more: mended, taken back, judged, or asked for from the time before."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import Intent
from voicecoach.language.intents import IntentName as I
from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.session import announcing
from voicecoach.session.facts import NoteTaken, SetAmended, SetResult
from voicecoach.session.logbook import AskingName, GuessingName, LastTime, ToldEntry, ToldSet
from voicecoach.session.telling import (
    Turn,
    listen_on,
    log_sets,
    name_settled,
    replace_entry,
    said_of,
    void,
    weigh,
)
from voicecoach.session.told_records import told_record
from voicecoach.units import Load

TOLD = frozenset({I.LOG, I.REPS, I.SETS, I.DURATION, I.NUMBER, I.DONE})
"""What tells of sets."""


def take_back(turn: Turn, begun_as: Intent) -> bool:
    """Undo sets just told, because more was said of them; what waits for an answer is replaced."""
    state = turn.state
    logged = begun_as.reps is not None or begun_as.seconds is not None
    if begun_as.name in TOLD and logged and state.pending is None and state.standing:
        _void_last(turn)
    return True


def _void_last(turn: Turn) -> None:
    """Undo all that was told at once, last."""
    last = turn.state.standing[-1]
    for entry in turn.state.standing:
        if entry.telling == last.telling:
            void(turn, entry)


def undo(turn: Turn, _: Intent, __: str) -> None:
    """Take back what was told last, all of it; what waits for an answer first."""
    state = turn.state
    if state.pending is not None:
        listen_on(turn, prompt(Say.LEFT_OUT))
        return
    if not state.standing:
        listen_on(turn, prompt(Say.NOTHING_TO_UNDO))
        return
    last = state.standing[-1]
    _void_last(turn)
    what = state.form(last.key).name if isinstance(last, ToldSet) else _entry_name(last)
    listen_on(turn, prompt(Say.UNDONE, exercise=what))


def _entry_name(entry: ToldEntry) -> str:
    return "the note" if isinstance(entry.fact, NoteTaken) else "bodyweight"


def amend(turn: Turn, intent: Intent, source: str) -> None:
    """Change the sets told last to what the athlete says they were."""
    state = turn.state
    last = state.standing[-1] if state.standing else None
    if isinstance(last, ToldEntry) and intent.load is not None:
        weigh(turn, intent, source)
        return
    if not isinstance(last, ToldSet):
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    for one in state.sets:
        if one.telling == last.telling:
            result = _amended(one.result, intent)
            turn.record(SetAmended(at_ms=turn.at_ms, set_id=one.fact.set_id, result=result))
            replace_entry(turn, one, replace(one, result=result))
    said = announcing.echo(turn.state.sets[-1].result)
    listen_on(turn, *said, *told_record(turn.state, last.telling))


def _amended(result: SetResult, intent: Intent) -> SetResult:
    if intent.load is not None:
        result = replace(result, load=intent.load)
    if result.hold_s is not None:
        amount = intent.seconds if intent.seconds is not None else intent.reps
        return result if amount is None else replace(result, hold_s=amount)
    return result if intent.reps is None else replace(result, reps=intent.reps)


def judge(turn: Turn, intent: Intent, _: str) -> None:
    """Note of the last set how hard it was, or that it hurt."""
    if not turn.state.sets:
        listen_on(turn, prompt(Say.NO_SET_YET))
        return
    last = turn.state.sets[-1]
    said: tuple[Prompt, ...]
    match intent.name:
        case I.RPE if intent.rpe is not None:
            result = replace(last.result, rpe=intent.rpe)
            said = (prompt(Say.ECHO_RPE, rpe=intent.rpe.value),)
        case I.EASY:
            result, said = replace(last.result, effort="easy"), (prompt(Say.NOTED_EASY),)
        case I.HARD:
            result, said = replace(last.result, effort="hard"), (prompt(Say.NOTED_HARD),)
        case _:
            result = replace(last.result, pain=True)
            said = (prompt(Say.HURT), prompt(Say.HURT_ADVICE))
    turn.record(SetAmended(at_ms=turn.at_ms, set_id=last.fact.set_id, result=result))
    replace_entry(turn, last, replace(last, result=result))
    listen_on(turn, *said)


def meant(turn: Turn, intent: Intent, source: str) -> None:
    """Move the sets told last to the exercise that was meant."""
    state = turn.state
    if intent.exercise is None:
        return
    if isinstance(state.pending, GuessingName | AskingName):
        name_settled(turn, state.pending.draft, intent.exercise, source)
        return
    last = state.standing[-1] if state.standing else None
    if not isinstance(last, ToldSet):
        turn.say(prompt(Say.NOTHING_TO_MEND))
        return
    moved = [one for one in state.sets if one.telling == last.telling]
    for one in moved:
        void(turn, one)
    bare = Load(0) if state.form(intent.exercise).bodyweight else None
    results = tuple(replace(one.result, load=one.result.load or bare) for one in moved)
    log_sets(turn, intent.exercise, results, source)


def last_time(turn: Turn, intent: Intent, _: str) -> None:
    """Say what was done last of an exercise: the one named, or spoken of, or the latest of all."""
    state = turn.state
    key = intent.exercise or state.current
    found = next((one for one in state.last_times if key in (None, one.key)), None)
    if found is None:
        assert key is not None or not state.last_times  # noqa: S101  # any would do
        name = state.form(key).name if key else "set"
        listen_on(turn, prompt(Say.NO_LAST_TIME, exercise=name))
        return
    when = prompt(Say.LAST_TIME, exercise=state.form(found.key).name, when=_ago(found))
    listen_on(turn, when, *said_of("", found.sets, 0))


def _ago(last: LastTime) -> str:
    match last.days_ago:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case days if days < 14:
            return f"{counted(days, 'day')} ago"
        case days if days < 70:
            return f"{counted(days // 7, 'week')} ago"
        case days:
            return f"{counted(days // 30, 'month')} ago"
