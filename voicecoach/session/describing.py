"""An exercise in spoken words, from its name to its cautions: what `exercise show` reads out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voicecoach.language.prompts import Prompt, Say, listed, prompt
from voicecoach.training.exercise import Exercise


def description(
    exercise: Exercise, primary: Sequence[str], secondary: Sequence[str]
) -> tuple[Prompt, ...]:
    """Return what is read out of `exercise`, one sentence a prompt.

    `primary` and `secondary` name its muscles as they are said.
    """
    said = [prompt(Say.NAME, exercise=exercise.name)]
    if primary:
        said.append(prompt(Say.WORKS, muscles=listed(tuple(primary))))
    if secondary:
        said.append(prompt(Say.WORKS_TOO, muscles=listed(tuple(secondary))))
    said += _verbatim(exercise.cues_for(None))
    said += _verbatim((exercise.activation, exercise.load_advice))
    if exercise.cautions:
        said.append(prompt(Say.TAKE_CARE))
        said += _verbatim(exercise.cautions)
    return tuple(said)


def _verbatim(sentences: Iterable[str]) -> list[Prompt]:
    return [prompt(Say.VERBATIM, text=sentence) for sentence in sentences if sentence]
