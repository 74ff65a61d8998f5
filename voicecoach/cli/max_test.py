"""`voicecoach strength max`: the guided test of a one-rep maximum, aloud or typed."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click

from voicecoach.cli.completing import exercise_names
from voicecoach.cli.settings import settings_for
from voicecoach.cli.talk_options import find_talk, talk_options
from voicecoach.errors import UnitError
from voicecoach.report.sets import sets_table
from voicecoach.runtime.config import UNIT
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.journal import Journal
from voicecoach.runtime.max_testing import open_test
from voicecoach.runtime.noting import LogbookLog
from voicecoach.runtime.paths import Paths
from voicecoach.session.max_test import TESTING
from voicecoach.store.holding import held
from voicecoach.store.log import TrainingLog
from voicecoach.training.notation import load_of
from voicecoach.units import Load

INTERRUPTED = 130


@click.command("max")
@click.argument("exercise", shell_complete=exercise_names)
@click.option("--expect", metavar="LOAD", help="What you think you can lift once: 120kg.")
@talk_options
@click.pass_obj
def max_test(paths: Paths, /, exercise: str, expect: str | None, **options: Any) -> None:
    """Test what you can lift once of EXERCISE, led by the coach.

    It asks about injuries and experience first, warms you up, and leads to
    single lifts, each heavier by how the last one went, with long rests. It
    ends at the first miss, at any pain, and after five attempts. Have a
    spotter or safety bars. What it finds counts as a tested maximum.
    """
    expected = None if expect is None else _load(expect)
    talk = find_talk(paths, **options)
    now = datetime.now().astimezone()
    with (
        held(paths.log, "voicecoach strength max", now),
        TrainingLog.open(paths.log) as log,
        Interrupts() as interrupts,
    ):
        unit = log.latest_unit() or settings_for(paths)[UNIT]
        state = open_test(exercise, expected, paths, log, unit)
        kept = LogbookLog(log, now, unit)
        with Journal(paths.crashes) as journal:
            ended = talk.lead(journal.watching(TESTING, state), state, kept, interrupts)
        if ended.lifts:
            click.echo(sets_table(log.sets_of(ended.session_id), unit))
    if interrupts.taken:
        sys.exit(INTERRUPTED)


def _load(text: str) -> Load:
    try:
        return load_of(text)
    except UnitError as error:
        msg = f"{error.problem}; {error.remedy}"
        raise click.BadParameter(msg, param_hint="--expect") from error
