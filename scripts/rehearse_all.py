"""Rehearses every day of the built-in routines to its end. Called by scripts/rehearse_all."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from voicecoach.audio.recognisers.choice import choose_recogniser
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.runtime import engines
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import rehearse
from voicecoach.runtime.scenario import Scenario

ROUTINES = Routines(Library())


def main(names: list[str]) -> int:
    """Rehearse the routines of those names, or all of them; return how many days went wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
        folder = Path(name)
        paths = Paths(data=folder, config=folder, cache=folder, model_dirs=())
        ears = choose_recogniser((), None)
        athlete = engines.athlete_voice(paths, "en-gb")
        for routine in names or [file.id for file in ROUTINES.files()]:
            for workout in ROUTINES.load(routine).workouts:
                outcome = rehearse(
                    Scenario(file=folder / "-", routine=routine, workout=workout.name),
                    paths,
                    recogniser=ears,
                    coach_voice=engines.coach_voice(paths),
                    athlete_voice=athlete,
                )
                led = outcome.state.position is None
                wrong += not led
                print(
                    f"{routine:18} {workout.name:22} {len(outcome.sets):3} sets"
                    f" {outcome.virtual_seconds / 60:5.1f} min in {outcome.wall_seconds:5.1f} s"
                    f"{'' if led else '  NOT LED TO ITS END'}",
                    flush=True,
                )
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
