"""What becomes of a thing told to the logbook: committed, asked about, mended, taken back."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.intents import Intent
from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.session import announcing
from voicecoach.session.dialogue import DialogueTurn
from voicecoach.session.events import ReadingsHeard
from voicecoach.session.facts import (
    AliasTaught,
    BodyweightLogged,
    EntryVoided,
    NoteTaken,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.session.logbook import (
    AskingAmount,
    AskingName,
    AskingWhether,
    AskingWhich,
    Draft,
    GuessingName,
    Logbook,
    Pending,
    TakingNote,
    ToldEntry,
    ToldSet,
)
from voicecoach.session.told_records import told_record
from voicecoach.training.plausible import is_plausible_bodyweight, is_plausible_set
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load

Turn = DialogueTurn[Logbook]

ASKS: dict[type[Pending], str] = {
    GuessingName: "name?",
    AskingName: "name?",
    AskingAmount: "reps?",
    AskingWhether: "sure?",
    AskingWhich: "which?",
    TakingNote: "note?",
}
LISTENING = "set?"


def await_answer(turn: Turn, pending: Pending, *before: Prompt) -> None:
    """Ask what is `pending`."""
    turn.change(pending=pending)
    turn.ask(ASKS[type(pending)], *before, *question(turn.state))


def listen_on(turn: Turn, *said: Prompt) -> None:
    """Say `said`, and listen for whatever is told next."""
    turn.change(pending=None)
    turn.ask(LISTENING, *said)


def question(state: Logbook) -> tuple[Prompt, ...]:
    """Return the question that waits for an answer; none where nothing was asked."""
    match state.pending:
        case GuessingName(key=key):
            return (prompt(Say.DID_YOU_SAY, exercise=state.form(key).name),)
        case AskingName():
            return (prompt(Say.ASK_EXERCISE),)
        case AskingAmount(Draft(key=str(key))) if state.form(key).held:
            return (prompt(Say.HOW_MANY_SECONDS),)
        case AskingAmount():
            return (prompt(Say.HOW_MANY_REPS),)
        case AskingWhether():
            return (prompt(Say.IS_THAT_RIGHT),)
        case AskingWhich((first, second)):
            return (
                prompt(
                    Say.WHICH,
                    first=_told_apart(state, first, second),
                    second=_told_apart(state, second, first),
                ),
            )
        case TakingNote():
            return (prompt(Say.ASK_NOTE),)
        case None:
            return ()


def _told_apart(state: Logbook, one: Intent, other: Intent) -> object:
    """Return what of a reading differs from the other one, to be said."""
    if one.exercise != other.exercise and one.exercise is not None:
        return state.form(one.exercise).name
    if one.reps != other.reps and one.reps is not None:
        return one.reps
    return one.load.to(state.unit) if one.load is not None else one.seconds or 0


# What is told


def tell(turn: Turn, intent: Intent, source: str) -> None:
    """Take sets as they were told, or a part of them that was asked for."""
    amount = intent.seconds if intent.seconds is not None else intent.reps
    draft = Draft(
        key=intent.exercise,
        amounts=() if amount is None else (amount,) * (intent.sets or 1),
        seconds=intent.seconds is not None,
        load=intent.load,
    )
    match turn.state.pending:
        case GuessingName(asked) | AskingName(asked) if draft.key and not draft.amounts:
            name_settled(turn, asked, draft.key, source)
        case AskingAmount(asked) if draft.key is None:
            joined = replace(asked, amounts=draft.amounts, seconds=draft.seconds)
            settle(turn, joined if draft.load is None else replace(joined, load=draft.load), source)
        case _:
            settle(turn, draft, source)


def settle(turn: Turn, draft: Draft, source: str, *before: Prompt, sure: bool = False) -> None:
    """Log a draft, or ask for what it lacks; `sure` where it was asked about already."""
    state = turn.state
    key = draft.key or state.current
    if key is None:
        await_answer(turn, AskingName(draft), *before)
        return
    draft = replace(draft, key=key)
    if not draft.amounts:
        turn.change(current=key)
        await_answer(turn, AskingAmount(draft), *before)
        return
    load = _load_of(state, draft, key)
    held = draft.seconds or state.form(key).held
    results = tuple(
        SetResult(
            reps=None if held else amount,
            hold_s=amount if held else None,
            load=load,
            rpe=draft.rpe,
        )
        for amount in draft.amounts
    )
    if not sure and not all(
        is_plausible_set(reps=one.reps, hold_s=one.hold_s, load=one.load) for one in results
    ):
        said = (prompt(Say.NAME, exercise=state.form(key).name), *announcing.echo(results[0]))
        await_answer(turn, AskingWhether(draft), *before, *said)
        return
    log_sets(turn, key, results, source, *before)


def _load_of(state: Logbook, draft: Draft, key: str) -> Load | None:
    """Return the load that was named, or that of the last set of this form, or none at all."""
    if draft.load is not None:
        return draft.load
    for one in reversed(state.sets):
        if one.key == key:
            return one.result.load
    return Load(0) if state.form(key).bodyweight else None


def log_sets(
    turn: Turn, key: str, results: tuple[SetResult, ...], source: str, *before: Prompt
) -> None:
    """Commit sets of one form, and say them back."""
    state = turn.state
    form = state.form(key)
    done = sum(one.fact.exercise == form.exercise for one in state.sets)
    telling = state.tellings + 1
    told = []
    for place, result in enumerate(results, 1):
        fact = SetLogged(
            at_ms=turn.at_ms,
            set_id=f"{state.session_id}/{len(state.entries) + place}",
            block=0,
            number=done + place,
            exercise=form.exercise,
            variation=form.variation,
            kind=SetKind.WORKING,
            low=None,
            high=None,
            result=result,
            source=source,
        )
        turn.record(fact)
        told.append(ToldSet(fact, result, telling))
    new = not state.sets or state.sets[-1].key != key
    turn.change(entries=(*state.entries, *told), tellings=telling, current=key)
    said = said_of(form.name if new else "", results, done)
    listen_on(turn, *before, *said, *told_record(turn.state, telling))


def said_of(name: str, results: tuple[SetResult, ...], done: int) -> tuple[Prompt, ...]:
    """Return sets in words: the exercise where it is a new one, how many, and how much."""
    said = [prompt(Say.NAME, exercise=name)] if name else []
    if len(set(results)) == 1:
        if len(results) > 1:
            said.append(prompt(Say.TOLD_SETS, sets_told=counted(len(results), "set")))
        said += announcing.echo(results[0])
    else:
        said += [part for result in results for part in announcing.echo(result)]
    if results[0].rpe is not None:
        said.append(prompt(Say.ECHO_RPE, rpe=results[0].rpe.value))
    if done and len(results) == 1:
        said.append(prompt(Say.SET_NUMBER, number=done + 1))
    return tuple(said)


def same_again(turn: Turn, intent: Intent, source: str) -> None:
    """Log the last set once more, or as often as was said."""
    if not turn.state.sets:
        listen_on(turn, prompt(Say.NO_SET_YET))
        return
    last = turn.state.sets[-1]
    again = SetResult(reps=last.result.reps, hold_s=last.result.hold_s, load=last.result.load)
    log_sets(turn, last.key, (again,) * (intent.sets or 1), source)


def weigh(turn: Turn, intent: Intent, _: str) -> None:
    """Take the athlete's bodyweight; one that was just told is replaced."""
    state = turn.state
    if intent.load is None:
        return
    fact = BodyweightLogged(
        at_ms=turn.at_ms,
        entry_id=f"{state.session_id}/{len(state.entries) + 1}",
        weight=intent.load,
    )
    if is_plausible_bodyweight(intent.load):
        _log_bodyweight(turn, fact)
    else:
        said = prompt(Say.WEIGHED, load_unit=intent.load)
        await_answer(turn, AskingWhether(fact), said)


def _log_bodyweight(turn: Turn, fact: BodyweightLogged) -> None:
    last = turn.state.standing[-1:]
    if last and isinstance(last[0], ToldEntry) and isinstance(last[0].fact, BodyweightLogged):
        void(turn, last[0])
    _log_entry(turn, fact, prompt(Say.WEIGHED, load_unit=fact.weight))


def note(turn: Turn, intent: Intent, _: str) -> None:
    """Take a note, or ask for its words."""
    if intent.text:
        log_note(turn, intent.text)
    else:
        await_answer(turn, TakingNote())


def log_note(turn: Turn, text: str) -> None:
    """Take a note of those words, to the set told last."""
    state = turn.state
    fact = NoteTaken(
        at_ms=turn.at_ms,
        entry_id=f"{state.session_id}/{len(state.entries) + 1}",
        text=text,
        set_id=state.sets[-1].fact.set_id if state.sets else None,
    )
    _log_entry(turn, fact, prompt(Say.NOTED, text=text))


def _log_entry(turn: Turn, fact: BodyweightLogged | NoteTaken, said: Prompt) -> None:
    state = turn.state
    turn.record(fact)
    entry = ToldEntry(fact, state.tellings + 1)
    turn.change(entries=(*state.entries, entry), tellings=state.tellings + 1)
    listen_on(turn, said)


# Answers


def yes(turn: Turn, _: Intent, source: str) -> None:
    """Go on with what was asked about."""
    match turn.state.pending:
        case GuessingName(draft, key):
            name_settled(turn, draft, key, source)
        case AskingWhether(Draft() as draft):
            settle(turn, draft, source, sure=True)
        case AskingWhether(BodyweightLogged() as fact):
            _log_bodyweight(turn, replace(fact, at_ms=turn.at_ms))
        case _:
            turn.say(prompt(Say.NOT_NOW))


def no(turn: Turn, _: Intent, __: str) -> None:
    """Ask for the right name, or leave out what was wrong."""
    match turn.state.pending:
        case GuessingName(draft):
            await_answer(turn, AskingName(draft))
        case None:
            turn.say(prompt(Say.NOT_NOW))
        case _:
            listen_on(turn, prompt(Say.LEFT_OUT))


def name_settled(turn: Turn, draft: Draft, key: str, source: str) -> None:
    """Take `key` for the exercise; a name that nobody knew is remembered for it."""
    before: tuple[Prompt, ...] = ()
    if draft.heard:
        form = turn.state.form(key)
        turn.record(
            AliasTaught(
                at_ms=turn.at_ms,
                name=draft.heard,
                exercise=form.exercise,
                variation=form.variation,
            )
        )
        turn.change(taught=(*turn.state.taught, (draft.heard, key)))
        before = (prompt(Say.LEARNT),)
    settle(turn, replace(draft, key=key, heard=""), source, *before)


def two_readings(turn: Turn, event: ReadingsHeard) -> None:
    """Ask which of two was meant."""
    await_answer(turn, AskingWhich(event.readings))


def void(turn: Turn, entry: ToldSet | ToldEntry) -> None:
    """Undo an entry, as if it never was."""
    if isinstance(entry, ToldSet):
        turn.record(SetVoided(at_ms=turn.at_ms, set_id=entry.fact.set_id))
    else:
        turn.record(EntryVoided(at_ms=turn.at_ms, entry_id=entry.fact.entry_id))
    replace_entry(turn, entry, replace(entry, voided=True))


def replace_entry(turn: Turn, old: ToldSet | ToldEntry, new: ToldSet | ToldEntry) -> None:
    """Put `new` in the place of `old`."""
    turn.change(entries=tuple(new if one is old else one for one in turn.state.entries))
