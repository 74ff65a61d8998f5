"""Counts: which words sound on which beat."""

from __future__ import annotations

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.effects import Beat, BeatKind
from voicecoach.session.phases import Grid
from voicecoach.training.exercise import Phase
from voicecoach.training.prescription import (
    BlockPrescription,
    CountMode,
    HoldTarget,
    RepTarget,
    Tempo,
)

LEAD_MS = 400
"""From the athlete's "ready" to the first beat: enough to schedule it ahead."""

BEAT_MS = 1000
"""From one number of a countdown to the next."""

DEFAULT_TEMPO = Tempo.parse("2-0-1-0")

AMRAP_LIMIT = 100
"""Where a paced count ends when nobody says "done"."""


def countdown(at_ms: int, start_word: Prompt | None = None) -> tuple[Beat, ...]:
    """Return three, two, one from `at_ms` on, a second apart, and `start_word` after them."""
    beats = [
        Beat(at_ms + n * BEAT_MS, number_prompt(3 - n), BeatKind.COUNTDOWN, 3 - n) for n in range(3)
    ]
    if start_word is not None:
        beats.append(Beat(at_ms + 3 * BEAT_MS, start_word, BeatKind.COUNTDOWN, None))
    return tuple(beats)


def start_word(block: BlockPrescription, *, hold: bool) -> Prompt:
    """Return the word the work starts on."""
    if hold:
        return prompt(Say.HOLD)
    lifts_first = block.exercise.first_phase is Phase.CONCENTRIC
    return prompt(Say.LIFT if lifts_first else Say.GO)


def work_grid(
    block: BlockPrescription,
    target: RepTarget | HoldTarget,
    start_ms: int,
    *,
    counted: int,
    tempo_percent: int,
) -> Grid | None:
    """Return the beats of a set that starts at `start_ms`; None where the athlete leads.

    A repetition is counted as it ends, a second as it has passed.
    """
    if isinstance(target, HoldTarget):
        return Grid(start_ms - counted * BEAT_MS, BEAT_MS, target.seconds)
    if block.count is not CountMode.PACED:
        return None
    step_ms = (block.tempo or DEFAULT_TEMPO).rep_ms * 100 // tempo_percent
    last = AMRAP_LIMIT if target.to_failure else target.high
    return Grid(start_ms - counted * step_ms, step_ms, last)


def rep_beats(grid: Grid, counted: int) -> tuple[Beat, ...]:
    """Return the beats of the repetitions after `counted`."""
    return tuple(
        Beat(grid.at(n), number_prompt(n), BeatKind.REP, n)
        for n in range(counted + 1, grid.last + 1)
    )


def second_beats(grid: Grid, counted: int) -> tuple[Beat, ...]:
    """Return the calls of a hold after `counted` seconds: every ten, half way, the last five."""
    beats = []
    for n in range(counted + 1, grid.last + 1):
        if n % 10 == 0 or n > grid.last - 5:
            beats.append(Beat(grid.at(n), number_prompt(n), BeatKind.SECOND, n))
        elif n == grid.last // 2:
            beats.append(Beat(grid.at(n), prompt(Say.HALF_WAY), BeatKind.SECOND, n))
    return tuple(beats)


def number_prompt(number: int) -> Prompt:
    """Return a counted number."""
    return prompt(Say.NUMBER, number=number)
