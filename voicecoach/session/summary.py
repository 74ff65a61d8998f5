"""The end of a session in words: what comes next time, and why."""

from __future__ import annotations

from voicecoach.language.advice import advice_sentence
from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session.announcing import spoken_name
from voicecoach.session.state import State
from voicecoach.training.advice import Advice
from voicecoach.training.next_time import next_time


def advice(state: State) -> tuple[tuple[Advice, str], ...]:
    """Return the advice for each exercise that was trained, with its sentence."""
    names = {}
    for block in state.plan.blocks:
        for exercise in (block.exercise, *block.instead):
            names[exercise.id] = exercise.name
        names[block.exercise.id] = spoken_name(block.exercise, block.variation)
    return tuple(
        (
            one,
            advice_sentence(
                one,
                names.get(one.exercise, one.exercise.replace("-", " ")),
                state.plan.unit,
                mastered=names.get(one.figures.mastered or "", ""),
            ),
        )
        for one in next_time(state.plan, state.performed())
    )


def advice_prompts(state: State) -> tuple[Prompt, ...]:
    """Return a sentence of advice for each exercise that was trained."""
    return tuple(prompt(Say.VERBATIM, text=sentence) for _, sentence in advice(state))
