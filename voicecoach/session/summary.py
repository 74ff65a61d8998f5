"""The end of a session in words: what comes next time, and why."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.language.advice import advice_sentence
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.announcing import block_name
from voicecoach.session.state import State
from voicecoach.training.advice import Advice
from voicecoach.training.next_time import next_time
from voicecoach.training.prescription import WorkoutPrescription


def advice(state: State) -> tuple[tuple[Advice, str], ...]:
    """Return the advice for each exercise that was trained, with its sentence."""
    names = dict(_names(state.plan))
    blocks = {block.exercise.id: block_name(block) for block in state.plan.blocks}
    return tuple(
        (
            one,
            advice_sentence(
                one,
                names.get((one.exercise, one.variation), ""),
                state.plan.unit,
                mastered=blocks.get(one.figures.mastered or "", ""),
            ),
        )
        for one in next_time(state.plan, state.performed())
    )


def _names(plan: WorkoutPrescription) -> Iterator[tuple[tuple[str, str | None], str]]:
    """Yield what each exercise that a plan can lead or lead on to is called, by its variation."""
    for block in plan.blocks:
        for exercise in (block.exercise, *block.instead):
            yield (exercise.id, None), exercise.name
            yield from (
                ((exercise.id, one.id), exercise.called(one)) for one in exercise.variations
            )
        if block.standing.next_rung is not None:
            rung = block.standing.next_rung
            yield (rung.exercise, rung.variation), rung.name


def advice_prompts(state: State) -> tuple[Prompt, ...]:
    """Return a sentence of advice for each exercise that was trained."""
    return tuple(prompt(Say.VERBATIM, text=sentence) for _, sentence in advice(state))
