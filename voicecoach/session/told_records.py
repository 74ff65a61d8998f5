"""Records among sets that are told outside a routine."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.language.prompts import Prompt
from voicecoach.session.logbook import Logbook, ToldSet
from voicecoach.session.records import as_hard_set, body_known, record_said
from voicecoach.training.hard_sets import HardSet
from voicecoach.units import Load


def told_record(book: Logbook, telling: int) -> tuple[Prompt, ...]:
    """Return what is said of a record among the sets told at once, if there is one."""
    body = body_known(book.body, (one.fact for one in book.standing))
    sets = [
        (told, _hard(book, told, body))
        for told in book.sets
        if not told.result.pain and (told.result.reps or told.result.hold_s)
    ]
    for place, (told, one) in enumerate(sets):
        if told.telling == telling:
            said = record_said(book.bests, (other for _, other in sets[:place]), one)
            if said:
                return said
    return ()


def _hard(book: Logbook, told: ToldSet, body: Load | None) -> HardSet:
    fact = told.fact
    one = as_hard_set(book.session_id, fact.exercise, fact.variation, told.result)
    return replace(one, body=body) if book.form(told.key).with_body else one
