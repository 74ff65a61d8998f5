"""Every rule of progression by its name, and where a session leaves the athlete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from voicecoach.training.advice import Advice
from voicecoach.training.prescription import WAVES, Standing
from voicecoach.training.progression import holds, reps, shares, waves
from voicecoach.training.progression.feel import heeded
from voicecoach.training.progression.streaks import misses_after, stall_after
from voicecoach.training.progression.trained import Trained


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of progression: its function, what it can judge, and what it is in a few words."""

    advise: Callable[[Trained], Advice | None]
    about: str
    reps: bool = False
    holds: bool = False
    heeds_feel: bool = True  # whether a set that felt hard holds back what it advises


def _none(_: Trained) -> None:
    return None


RULES: dict[str, Rule] = {
    "none": Rule(advise=_none, reps=True, holds=True, about="the load stays as it is"),
    "double": Rule(
        advise=reps.double,
        reps=True,
        about="more reps with every set up to the top of the range, then more load",
    ),
    "linear": Rule(
        advise=reps.linear,
        reps=True,
        about="more load after every success, a tenth off at the third miss in a row",
    ),
    "bodyweight": Rule(
        advise=reps.double,
        reps=True,
        about="more reps with the body alone up to the top of the range, then a plate",
    ),
    "percent": Rule(
        advise=shares.percent, reps=True, about="a share of the one-rep maximum that sets show"
    ),
    "rpe": Rule(
        advise=shares.rpe, reps=True, about="the load that brings the reps to the exertion aimed at"
    ),
    WAVES: Rule(
        advise=waves.wave,
        reps=True,
        heeds_feel=False,
        about="waves of four weeks around nine tenths of the one-rep maximum",
    ),
    "hold": Rule(
        advise=holds.hold,
        holds=True,
        about="longer by a step once every set was held for the target",
    ),
    "ladder": Rule(
        advise=holds.ladder,
        reps=True,
        holds=True,
        about="master an exercise, then take the next harder one",
    ),
}
"""Every rule by the name a routine gives it."""


def advise(trained: Trained) -> Advice | None:
    """Return what to do next time, by the rule of `trained`; None where it has nothing to say."""
    rule = RULES[trained.progress.rule]
    advice = rule.advise(trained)
    if advice is None or not rule.heeds_feel:
        return advice
    return heeded(advice, trained)


def standing_after(trained: Trained) -> Standing:
    """Return where the athlete stands once a session is over: what its rule goes on from."""
    standing = trained.standing
    if trained.progress.rule == "percent":
        after = shares.maximum_after_session(trained)
        return replace(
            standing,
            one_rep_max=after.load,
            misses=after.misses,
            missed_max=after.missed,
            full_max=after.full,
        )
    if trained.progress.in_waves:
        return replace(standing, wave=waves.wave_after(trained))
    return replace(standing, misses=misses_after(trained), stall=stall_after(trained))
