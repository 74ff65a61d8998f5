"""Nobody else is heard: a session that waits, while others talk, and what it made of them.

A rehearsal leads up to a moment at which the coach waits for the lifter. From
then on the lifter is silent, and the sound of others goes on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from voicecoach.audio.ports import HEARING_RATE, Pcm, Recogniser, Voice
from voicecoach.language.decide import Accepted, Ambiguous, Decision
from voicecoach.runtime.athlete import Athlete
from voicecoach.runtime.bench.bystanders import Piece
from voicecoach.runtime.hearing import Keep
from voicecoach.runtime.opening import Request, open_session
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import VoiceAt, play_through
from voicecoach.runtime.scenario import Line
from voicecoach.session.coaching import COACHING
from voicecoach.session.events import Dictated, Event, IntentHeard, ReadingsHeard
from voicecoach.session.facts import Fact
from voicecoach.session.phases import Ended, Working
from voicecoach.session.state import State
from voicecoach.store.log import TrainingLog

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

ROUTINE = """
name = "Waiting"
[[workout]]
name = "A"
[[workout.block]]
exercise = "squat"
sets = 3
reps = "4-6"
load = "60kg"
count = "free"
rest = "{rest_min}min"
"""

MOMENTS = ("ready?", "working", "reps?", "resting")
"""Where a coach waits for the lifter, as a scenario's lines name it."""

_LED_BY = {
    "ready?": (),
    "working": (Line(when="ready?", number=1, text="ready"),),
    "reps?": (
        Line(when="ready?", number=1, text="ready"),
        Line(when="working", number=1, after_ms=6000, text="done"),
    ),
    "resting": (
        Line(when="ready?", number=1, text="ready"),
        Line(when="working", number=1, after_ms=6000, text="done"),
        Line(when="reps?", number=1, text="five"),
    ),
}
"""What the lifter says on the way to each."""

_HEARD = IntentHeard | ReadingsHeard | Dictated
LATE_MS = 1000
"""How long after its end something may still be made of the sound."""

SPARE_MIN = 2
"""The rest outlasts the sound by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """An utterance of the others, and what it was taken for."""

    at_ms: int  # since the sound began
    kind: str  # of the sound
    phase: str  # that the session was in
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhearing:
    """What came of a session that waited while others talked."""

    moment: str
    heard: tuple[Overheard, ...]
    facts: tuple[Fact, ...]
    """What was written into the log meanwhile."""

    ended: int
    """How often a set or the session was ended."""

    @property
    def accepted(self) -> tuple[Overheard, ...]:
        """What was acted on."""
        return tuple(one for one in self.heard if isinstance(one.decision, Accepted))

    @property
    def asked(self) -> tuple[Overheard, ...]:
        """What was asked about."""
        return tuple(one for one in self.heard if isinstance(one.decision, Ambiguous))


class _Company(Athlete[State]):
    """The lifter, who falls silent when `moment` comes, and the others from then on."""

    def __init__(self, moment: str, voice: Voice, pieces: Sequence[Piece]) -> None:
        lines = (Line(when="injury?", text="no"), *_LED_BY[moment])
        super().__init__(lines, voice, COACHING.moments)
        self._moment = moment
        self._sound: Pcm = np.concatenate([piece.pcm for piece in pieces])
        self._borders = np.cumsum([len(piece.pcm) for piece in pieces])
        self._kinds = [piece.kind for piece in pieces]
        self._began: int | None = None  # the sample at which the others began
        self._over = False
        self._phases: list[tuple[int, str]] = []
        self.ended = 0
        """How often a set or the session was ended by what was heard."""

    def moved(self, before: State, event: Event, after: State) -> None:
        """Take note of where the session is, and whether the others are to begin."""
        super().moved(before, event, after)
        was, now = type(before.phase), type(after.phase)
        self._phases.append((event.at_ms, now.__name__))
        if self._began is None:
            if any(one.name == self._moment for one in COACHING.moments(before, after)):
                self._began = event.at_ms * HEARING_RATE // 1000
        elif isinstance(event, _HEARD) and self.sounds(event.at_ms):
            self.ended += was is not now and (was is Working or now is Ended)

    def sounds(self, at_ms: int) -> bool:
        """Tell whether the others could be heard at an instant, or just before it."""
        return 0 < self.since(at_ms) <= int(self._borders[-1]) * 1000 // HEARING_RATE + LATE_MS

    def since(self, at_ms: int) -> int:
        """Return how long after the others began an instant is, in ms; -1 if they have not."""
        return -1 if self._began is None else at_ms - self._began * 1000 // HEARING_RATE

    def kind_at(self, at_ms: int) -> str:
        """Return the kind of sound that there was at an instant."""
        place = int(np.searchsorted(self._borders, self.since(at_ms) * HEARING_RATE // 1000))
        return self._kinds[min(place, len(self._kinds) - 1)]

    def phase_at(self, at_ms: int) -> str:
        """Return the phase in which a word was heard that was made out at an instant."""
        return [name for began, name in self._phases if began < at_ms][-1]

    def next_start(self) -> int | None:
        """Return where the next sound in the room begins or goes on; None where it is silent."""
        return super().next_start() if self._began is None or self._over else self._began

    def said(self, position: int, samples: int) -> Pcm:
        """Return the sound in the room from `position` on."""
        out = super().said(position, samples)
        if self._began is not None:
            first = max(self._began, position)
            part = self._sound[first - self._began : position + samples - self._began]
            out[first - position : first - position + len(part)] += part
            self._over = position - self._began > len(self._sound)
        return out


class _Watched:
    """A log that remembers what was committed in the course of one session."""

    def __init__(self, log: TrainingLog) -> None:
        self._log = log
        self.facts: list[Fact] = []

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:
        """Commit `facts`."""
        self._log.append(session_id, facts)
        self.facts += facts


def overhear(
    moment: str,
    pieces: Sequence[Piece],
    folder: Path,
    *,
    recogniser: Recogniser,
    coach_voice: VoiceAt,
    athlete_voice: Voice,
    keep: Keep | None = None,
) -> Overhearing:
    """Lead a session in virtual time to `moment`, of MOMENTS, and let it hear `pieces` there.

    Its log is made in `folder`. Raises VoiceError and RecogniserError.
    """
    minutes = sum(len(piece.pcm) for piece in pieces) / HEARING_RATE / 60
    routine = ROUTINE.format(rest_min=math.ceil(minutes) + SPARE_MIN)
    (folder / "waiting.toml").write_text(routine, encoding="utf-8")
    paths = Paths(data=folder, config=folder, cache=folder, model_dirs=())
    with TrainingLog.open(folder / f"{moment.strip('?')}.sqlite3") as log:
        watched = _Watched(log)
        state = open_session(Request(routine="waiting.toml", base=folder), paths, log, START)
        company = _Company(moment, athlete_voice, pieces)
        played = play_through(
            COACHING,
            state,
            watched,
            athlete=company,
            recogniser=recogniser,
            coach_voice=coach_voice,
            keep=keep,
        )
    return Overhearing(
        moment=moment,
        heard=tuple(
            Overheard(
                at_ms=company.since(one.at_ms),
                kind=company.kind_at(one.speech_end_ms),
                phase=company.phase_at(one.at_ms),
                decision=one.decision,
            )
            for one in played.hearing.heard
            if company.sounds(one.at_ms)
        ),
        facts=tuple(fact for fact in watched.facts if company.sounds(fact.at_ms)),
        ended=company.ended,
    )
