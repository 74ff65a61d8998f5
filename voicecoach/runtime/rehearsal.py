"""Rehearsing a scenario: a whole session, heard and spoken, in virtual time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any, Generic

from voicecoach.audio.activity import SileroActivity
from voicecoach.audio.ears import Ears
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import Recogniser, Voice
from voicecoach.audio.wavfile import WavWriter, read_clip
from voicecoach.errors import ScenarioError, SoundFileError
from voicecoach.language.decide import Accepted, Ambiguous, Decision
from voicecoach.language.intents import Intent
from voicecoach.runtime.athlete import Athlete
from voicecoach.runtime.driver import Driver, Log, Observer
from voicecoach.runtime.hearing import Heard, Hearing, Keep
from voicecoach.runtime.mouth import Delivery, Mouth, Said, Sounded
from voicecoach.runtime.obedient import obedient
from voicecoach.runtime.opening import Request, open_session
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal_stage import RATE, RehearsalStage, Surroundings, noise_at
from voicecoach.runtime.scenario import Scenario
from voicecoach.runtime.transcript import Show, Transcript
from voicecoach.session.coaching import COACHING
from voicecoach.session.conversation import Conversation, S
from voicecoach.session.state import State
from voicecoach.session.summary import advice
from voicecoach.store.log import TrainingLog
from voicecoach.training.advice import Advice
from voicecoach.training.performance import PerformedSet

VoiceAt = Callable[[int], Voice]
"""Gives the coach's voice at a rate in words a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What came of a rehearsal."""

    state: State
    sets: tuple[PerformedSet, ...]
    advice: tuple[tuple[Advice, str], ...]  # each with its sentence
    heard: tuple[Heard, ...]
    said: tuple[Said, ...]
    sounded: tuple[Sounded, ...]
    recogniser: str
    voice: str
    virtual_seconds: float
    wall_seconds: float


def rehearse(
    scenario: Scenario,
    paths: Paths,
    *,
    recogniser: Recogniser,
    coach_voice: VoiceAt,
    athlete_voice: Voice,
    delivery: Delivery = Delivery(),  # noqa: B008  # frozen
    out: Path | None = None,
    log_path: Path | None = None,
    show: Show | None = None,
    keep: Keep | None = None,
) -> Rehearsal:
    """Run `scenario` to its end, with `out` as its stereo sound and `log_path` as its log.

    `show` is given the conversation, line by line as it happens, and `keep`
    the sound of what was said. Without
    `log_path` the log is a temporary one; the lifter's own is never touched.

    Raises:
        ScenarioError: its routine, its recordings or its log cannot be used.
        RoutineError, PlanError, VoiceError, RecogniserError: as their names say.
    """
    begun = time.perf_counter()
    with ExitStack() as stack:
        if log_path is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="voicecoach-"))
            log_path = Path(folder) / "rehearsal.sqlite3"
        if scenario.data is not None:
            copyfile(scenario.data, log_path)
        log = stack.enter_context(TrainingLog.open(log_path))
        request = Request(
            routine=scenario.routine,
            workout=scenario.workout,
            base=scenario.file.parent,
            loads=dict(scenario.loads),
        )
        state = open_session(request, paths, log, scenario.start)
        wav = stack.enter_context(WavWriter(out, RATE, channels=2)) if out else None
        try:
            says = scenario.says or obedient(state.plan)
            athlete = Athlete(says, athlete_voice, COACHING.moments)
        except SoundFileError as error:
            place = str(scenario.file)
            raise ScenarioError(error.problem, place=place, remedy=error.remedy) from error
        played = play_through(
            COACHING,
            state,
            log,
            athlete=athlete,
            recogniser=recogniser,
            coach_voice=coach_voice,
            delivery=delivery,
            surroundings=_surroundings(scenario),
            wav=wav,
            show=show,
            keep=keep,
        )
        return Rehearsal(
            state=played.state,
            sets=log.sets_of(state.session_id),
            advice=advice(played.state),
            heard=tuple(played.hearing.heard),
            said=tuple(played.mouth.said.values()),
            sounded=tuple(played.mouth.sounded),
            recogniser=recogniser.name,
            voice=coach_voice(played.mouth.words_a_minute).name,
            virtual_seconds=played.virtual_seconds,
            wall_seconds=time.perf_counter() - begun,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Played(Generic[S]):
    """A conversation that was led to its end in virtual time."""

    state: S
    mouth: Mouth
    hearing: Hearing
    virtual_seconds: float


def play_through(
    conversation: Conversation[S],
    state: S,
    log: Log,
    *,
    athlete: Athlete[S],
    recogniser: Recogniser,
    coach_voice: VoiceAt,
    delivery: Delivery = Delivery(),  # noqa: B008  # frozen
    surroundings: Surroundings | None = None,
    wav: WavWriter | None = None,
    show: Show | None = None,
    keep: Keep | None = None,
) -> Played[S]:
    """Lead the conversation that `state` opens, `athlete` answering, in virtual time.

    Raises VoiceError and RecogniserError.
    """
    mixer = Mixer(RATE)
    mouth = Mouth(mixer, coach_voice, state.unit, delivery=delivery)
    hearing = Hearing(Ears(recogniser, SileroActivity()), own_words=mouth.own_words, keep=keep)
    stage = RehearsalStage(
        mixer, mouth, hearing, athlete, surroundings=surroundings or Surroundings(), wav=wav
    )
    observers: list[Observer[S]] = [athlete]
    if show is not None:
        observers.append(Transcript(hearing, show))
    ended = Driver(conversation, stage, log, observers).run(state)
    stage.close()
    return Played(state=ended, mouth=mouth, hearing=hearing, virtual_seconds=stage.now_ms() / 1000)


def _surroundings(scenario: Scenario) -> Surroundings:
    surroundings = Surroundings()
    if scenario.noise is not None:
        try:
            clip = read_clip(scenario.noise.file)
        except SoundFileError as error:
            place = str(scenario.file)
            raise ScenarioError(error.problem, place=place, remedy=error.remedy) from error
        surroundings.noise = noise_at(clip, scenario.noise.snr_db)
    if scenario.echo_db is not None:
        surroundings.echo_gain = 10 ** (scenario.echo_db / 20)
    return surroundings


def as_json(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return a rehearsal as its JSON, schema `voicecoach.rehearsal/1`."""
    return {
        "schema": "voicecoach.rehearsal/1",
        "recogniser": rehearsal.recogniser,
        "voice": rehearsal.voice,
        "sample_rate": RATE,
        "virtual_seconds": rehearsal.virtual_seconds,
        "wall_seconds": round(rehearsal.wall_seconds, 3),
        "completed": rehearsal.state.position is None,
        "sets": [_set(one) for one in rehearsal.sets],
        "heard": [_heard(one) for one in rehearsal.heard],
        "spoken": [
            {"at_s": (s.at_sample or 0) / RATE, "text": s.text, "interrupted": s.interrupted}
            for s in rehearsal.said
        ],
        "beats": [
            {
                "exercise": sounded.exercise,
                "set": sounded.number,
                "number": sounded.beat.number,
                "kind": sounded.beat.kind.value,
                "due_sample": sounded.due_sample,
                "played_sample": sounded.played_sample,
            }
            for sounded in rehearsal.sounded
            if sounded.beat.number is not None
        ],
        "next": [_next(one, reason) for one, reason in rehearsal.advice],
    }


def _set(one: PerformedSet) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "variation": one.variation,
        "set": one.number,
        "kind": one.kind.value,
        "reps": one.reps,
        "hold_seconds": one.hold_s,
        "load_kg": None if one.load is None else one.load.grams / 1000,
        "rpe": None if one.rpe is None else float(one.rpe.value),
        "pain": one.pain,
        "source": one.source,
        "note": one.note,
    }


def _heard(heard: Heard) -> dict[str, Any]:
    decision = heard.decision
    intent = _intent(decision)
    return {
        "at_s": heard.at_ms / 1000,
        "speech_end_s": heard.speech_end_ms / 1000,
        "text": " ".join(decision.words),
        "intent": intent.name.value if intent else None,
        "slots": intent.slots() if intent else {},
        "confidence": round(decision.confidence, 3),
        "accepted": isinstance(decision, Accepted),
        "latency_ms": round(heard.latency_ms, 1),
    }


def _intent(decision: Decision) -> Intent | None:
    match decision:
        case Accepted(intent) | Ambiguous((intent, _)):
            return intent
        case _:
            return None


def _next(advised: Advice, reason: str) -> dict[str, Any]:
    target = advised.target
    return {
        "exercise": advised.exercise,
        "variation": advised.variation,
        "load_kg": None if advised.load is None else advised.load.grams / 1000,
        "reps": getattr(target, "high", None),
        "hold_seconds": getattr(target, "seconds", None),
        "code": advised.reason.value,
        "reason": reason,
    }
