"""Rehearses every day of the built-in routines to its end. Called by scripts/rehearse_all."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from voicecoach.audio.clips import as_pcm
from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.audio.wavfile import WavWriter
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.runtime import engines
from voicecoach.runtime.bench.bystanders import music
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import Rehearsal, rehearse
from voicecoach.runtime.scenario import DEFAULT_ATHLETE, Noise, Scenario

ROUTINES = Routines(Library())
MUSIC = "music"
MUSIC_S = 60.0
SEED = 20260105


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the microphone hears besides the athlete."""

    name: str
    noise: Noise | None = None
    echo_db: float | None = None


class Rehearsals:
    """Rehearses days with engines that are loaded once."""

    def __init__(self, folder: Path) -> None:
        self._paths = Paths(data=folder, config=folder, cache=folder, model_dirs=())
        self._ears = choose_recogniser((), None)

    def show(self, day: Scenario, rooms: list[Room]) -> bool:
        """Print a line of `day` in a quiet room and in each of `rooms`; tell whether all is right.

        What is logged in a quiet room is what the athlete said.
        """
        quiet = self._rehearsed(day)
        right = _line(day, "quiet", quiet, quiet)
        for room in rooms:
            loud = replace(day, noise=room.noise, echo_db=room.echo_db)
            right &= _line(day, room.name, self._rehearsed(loud), quiet)
        return right

    def _rehearsed(self, scenario: Scenario) -> Rehearsal:
        return rehearse(
            scenario,
            self._paths,
            recogniser=self._ears,
            coach_voice=engines.coach_voice(self._paths),
            athlete_voice=engines.athlete_voice(self._paths, scenario.athlete_voice),
        )


def _line(day: Scenario, room: str, outcome: Rehearsal, quiet: Rehearsal) -> bool:
    expected = _logged(quiet)
    right = len(expected & _logged(outcome))
    led = outcome.state.position is None
    print(
        f"{day.routine:18} {day.workout or '':22} {day.athlete_voice:8} {room:8}"
        f" {right:3} of {len(expected):3} sets"
        f" {outcome.virtual_seconds / 60:5.1f} min in {outcome.wall_seconds:5.1f} s"
        f"{'' if led else '  NOT LED TO ITS END'}",
        flush=True,
    )
    return led and right == len(expected) == len(outcome.sets)


def _logged(outcome: Rehearsal) -> set[tuple[object, ...]]:
    """Return the sets as they stand in the log, each told by its place."""
    return {
        (at, one.exercise, one.number, one.kind, one.reps, one.hold_s, one.load)
        for at, one in enumerate(outcome.sets)
    }


def main() -> int:
    """Rehearse the routines of those names, or all of them; return 1 where a day went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("routines", nargs="*", metavar="ROUTINE")
    parser.add_argument("--voice", action="append", help="an athlete's voice; may be repeated")
    parser.add_argument(
        "--noise", metavar="FILE", help=f"a sound under the athlete; {MUSIC!r} is made on the spot"
    )
    parser.add_argument("--snr", type=float, default=10.0, help="decibels under them (10)")
    parser.add_argument("--echo", type=float, help="decibels at which the coach leaks, as -20")
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
        folder = Path(name)
        rooms = list(_rooms(options, folder))
        rehearsals = Rehearsals(folder)
        for routine in options.routines or [file.id for file in ROUTINES.files()]:
            for workout in ROUTINES.load(routine).workouts:
                day = Scenario(file=folder / "-", routine=routine, workout=workout.name)
                for voice in options.voice or [DEFAULT_ATHLETE]:
                    wrong += not rehearsals.show(replace(day, athlete_voice=voice), rooms)
    return int(wrong > 0)


def _rooms(options: argparse.Namespace, folder: Path) -> Iterator[Room]:
    """Yield what each day is rehearsed in besides a quiet room."""
    if options.noise:
        file = _music(folder) if options.noise == MUSIC else Path(options.noise).resolve()
        noise = Noise(file, options.snr)
        yield Room(name=f"{options.snr:g} dB", noise=noise)
        if options.echo is not None:
            yield Room(name="both", noise=noise, echo_db=options.echo)
    if options.echo is not None:
        yield Room(name=f"echo {options.echo:g}", echo_db=options.echo)


def _music(folder: Path) -> Path:
    file = folder / "music.wav"
    sound = music(MUSIC_S, np.random.default_rng(SEED))
    with WavWriter(file, HEARING_RATE) as wav:
        wav.write(as_pcm(sound))
    return file


if __name__ == "__main__":
    sys.exit(main())
