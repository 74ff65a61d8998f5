"""What an athlete looks up for: one instant of a session, in a few words and one figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from voicecoach.language.intents import PHRASINGS, IntentName
from voicecoach.language.numbers import value_of
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.session import announcing
from voicecoach.session.phases import (
    AskingInjury,
    AskingLoad,
    AskingReps,
    AskingRpe,
    AwaitingReady,
    Choosing,
    ConfirmingFinish,
    CountingDown,
    Ended,
    OfferingSkip,
    Paused,
    Phase,
    Resting,
    WarmingUp,
    Working,
)
from voicecoach.session.state import State
from voicecoach.training.prescription import HoldTarget, RepTarget, SetPrescription
from voicecoach.units import Unit


class Mood(Enum):
    """What the moment asks of the athlete."""

    WORK = "work"
    ANSWER = "answer"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Overheard:
    """What the athlete was last heard to say, and how sure the ear was, 0 to 1."""

    words: str
    certainty: float
    understood: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What is shown at one instant. `left` is how much of a span is still to go, 1 to 0."""

    title: str
    clock: str
    exercise: str = ""
    place: str = ""
    target: str = ""
    figure: str = ""
    caption: str = ""
    mood: Mood = Mood.WAIT
    left: float | None = None
    coach: str = ""
    heard: Overheard | None = None
    can_say: tuple[str, ...] = ()
    notice: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    figure: str
    caption: str
    mood: Mood
    left: float | None = None


def glance_at(
    state: State,
    vocabulary: Vocabulary,
    now_ms: int,
    *,
    since_ms: int,
    heard: Overheard | None = None,
    notice: str = "",
    lines: tuple[str, ...] = (),
) -> Glance:
    """Return what is to be seen of `state` at `now_ms`; its phase began at `since_ms`."""
    moment = _moment(state, state.phase, now_ms, since_ms)
    exercise = place = target = ""
    if state.position is not None and not isinstance(state.phase, Ended):
        name = announcing.block_name(state.block)
        exercise = name[:1].upper() + name[1:]
        parts = [_in_digits(announcing.set_name(state.block, state.position[1]))]
        if state.side is not None:
            parts.append(state.side.value)
        place = ", ".join(filter(None, parts))
        target = written_target(state.prescription, state.unit)
    return Glance(
        title=f"{state.plan.name} · {state.plan.workout}",
        clock=span(now_ms // 1000),
        exercise=exercise,
        place=place,
        target=target,
        figure=moment.figure,
        caption=moment.caption,
        mood=moment.mood,
        left=moment.left,
        coach=" ".join(prompt.text(state.unit) for prompt in state.last_said),
        heard=heard,
        can_say=sayings(vocabulary),
        notice=notice,
        lines=lines,
    )


def _in_digits(words: str) -> str:
    """Return "set two of three" as "set 2 of 3"."""
    values = ((word, value_of((word,))) for word in words.split())
    return " ".join(word if value is None else f"{value:f}" for word, value in values)


def _moment(state: State, phase: Phase, now_ms: int, since_ms: int) -> _Moment:
    match phase:
        case WarmingUp(until_ms):
            return _counting_down("warm up", until_ms, now_ms, since_ms)
        case AwaitingReady():
            return _Moment(_aim(state), "say ready", Mood.ANSWER)
        case CountingDown(start_ms):
            return _Moment(str(_seconds_to(start_ms, now_ms)), "get ready", Mood.WORK)
        case Working() as working:
            return _working(state, working, now_ms)
        case Resting(until_ms):
            return _counting_down("rest", until_ms, now_ms, since_ms)
        case AskingRpe(rest_until_ms):
            rest = _counting_down("rest", rest_until_ms, now_ms, since_ms)
            return _Moment(rest.figure, "how hard was it, from 5 to 10?", Mood.ANSWER, rest.left)
        case Paused():
            return _Moment("", "paused; say resume", Mood.ANSWER)
        case Choosing(within=within) | ConfirmingFinish(within=within):
            asked = "which of the two?" if isinstance(phase, Choosing) else "finish now?"
            return _Moment(_moment(state, within, now_ms, since_ms).figure, asked, Mood.ANSWER)
        case Ended():
            return _Moment("", "finished", Mood.WAIT)
        case _:
            figure, caption = _QUESTIONS.get(type(phase), ("", ""))
            return _Moment(figure, caption, Mood.ANSWER if caption else Mood.WAIT)


_QUESTIONS: dict[type, tuple[str, str]] = {
    AskingInjury: ("?", "ever injured your back? yes or no"),
    AskingLoad: ("?", "what weight?"),
    AskingReps: ("?", "how many?"),
    OfferingSkip: ("?", "leave this exercise out?"),
}


def _working(state: State, working: Working, now_ms: int) -> _Moment:
    target = state.prescription.target
    if isinstance(target, HoldTarget):
        left = max(0.0, 1 - working.counted / target.seconds)
        return _Moment(str(working.counted), f"seconds of {target.seconds}", Mood.WORK, left)
    if working.grid is None and not working.counted:
        elapsed = max(0, now_ms - working.started_ms) // 1000
        return _Moment(span(elapsed), "say done", Mood.WORK)
    if target.to_failure:
        return _Moment(str(working.counted), "reps", Mood.WORK)
    left = max(0.0, 1 - working.counted / target.high)
    return _Moment(str(working.counted), f"of {_reps(target)} reps", Mood.WORK, left)


def _counting_down(what: str, until_ms: int, now_ms: int, since_ms: int) -> _Moment:
    whole, left = until_ms - since_ms, max(0, until_ms - now_ms)
    share = min(1.0, left / whole) if whole > 0 else 0.0
    return _Moment(span(_seconds_to(until_ms, now_ms)), what, Mood.WAIT, share)


def _seconds_to(at_ms: int, now_ms: int) -> int:
    return max(0, -(-(at_ms - now_ms) // 1000))


def _aim(state: State) -> str:
    """Return what the next set aims at, as a figure."""
    if state.position is None:
        return ""
    match state.prescription.target:
        case HoldTarget(seconds):
            return span(seconds)
        case RepTarget() as target:
            return _reps(target).replace("–", "-")


def _reps(target: RepTarget) -> str:
    if target.to_failure:
        return f"{target.low}+"
    return str(target.low) if target.low == target.high else f"{target.low}–{target.high}"


def written_target(prescription: SetPrescription, unit: Unit) -> str:
    """Return what a set asks for: "4–6 reps, 100 kg"."""
    match prescription.target:
        case HoldTarget(seconds):
            amount = f"{seconds} s"
        case RepTarget() as target:
            amount = f"{_reps(target)} {'rep' if target.high == 1 else 'reps'}"
    load = prescription.load
    return f"{amount}, {load.told(unit)}" if load is not None and load.grams else amount


def span(seconds: int) -> str:
    """Return seconds as a clock has them: 1:05, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


_ORDER: Callable[[IntentName], int] = [phrasing.name for phrasing in PHRASINGS].index


def sayings(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return an example of each thing that may be said, what answers the coach first."""
    known = {phrasing.name for phrasing in PHRASINGS}
    legal = sorted(vocabulary.intents & known, key=_ORDER)
    answers = vocabulary.expects.answers
    ranked = sorted(legal, key=lambda name: name not in answers)
    examples = {phrasing.name: phrasing.example for phrasing in reversed(PHRASINGS)}
    return tuple(dict.fromkeys(examples[name] for name in ranked))
