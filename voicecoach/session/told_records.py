"""Records among sets that are told outside a routine."""

from __future__ import annotations

from voicecoach.language.prompts import Prompt
from voicecoach.session.logbook import Logbook
from voicecoach.session.records import as_hard_set, record_said


def told_record(book: Logbook, telling: int) -> tuple[Prompt, ...]:
    """Return what is said of a record among the sets told at once, if there is one."""
    sets = [
        (told, as_hard_set(book.session_id, told.fact.exercise, told.fact.variation, told.result))
        for told in book.sets
        if not told.result.pain and (told.result.reps or told.result.hold_s)
    ]
    for place, (told, one) in enumerate(sets):
        if told.telling == telling:
            said = record_said(book.bests, (other for _, other in sets[:place]), one)
            if said:
                return said
    return ()
