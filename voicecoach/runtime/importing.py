"""Taking in a file of another app: looked through first, then committed whole."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from voicecoach.library.naming import Match, Naming, Sureness
from voicecoach.runtime.paths import Paths
from voicecoach.store.database import copy_database
from voicecoach.store.exchange.forms import Left
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.plausible import doubt_of
from voicecoach.store.exchange.rows import ImportedSet, RowFinding
from voicecoach.store.exchange.source import Source
from voicecoach.store.exchange.table import Progress
from voicecoach.store.holding import held
from voicecoach.store.intake import Tally
from voicecoach.store.log import TrainingLog

MOST_KEPT = 1000
"""Findings that are held; of the rest only the number is known."""

COPIES_KEPT = 3

MOST_HELD = 1 << 25
"""Bytes of a file whose sets are held until they go in; a longer one is read a second time."""

_SHOWN_DOUBTS = 5


@dataclass(slots=True)
class Survey:
    """What a file holds, found before anything of it goes into the log."""

    sets: int = 0
    no_sets: int = 0  # rows that are meant to be none
    names: Counter[str] = field(default_factory=Counter)  # sets by exercise as it is written
    left_out: int = 0  # rows that cannot be read
    findings: list[RowFinding] = field(default_factory=list)  # the first of all there are
    more_findings: int = 0
    doubtful: int = 0
    doubts: list[tuple[ImportedSet, str]] = field(default_factory=list)  # the first of them
    held: list[ImportedSet] | None = None  # every set, of a file that is not too long


def survey(
    source: Source,
    notation: Notation,
    now: datetime,
    *,
    told: Callable[[RowFinding], None] | None = None,
    progress: Progress | None = None,
) -> Survey:
    """Look through a file; `told` is given every finding.

    Raises:
        ExchangeError: the file cannot be read any longer.
    """
    found = Survey(held=[] if source.size <= MOST_HELD else None)
    for one in source.sets(notation, progress):
        match one:
            case ImportedSet():
                found.sets += 1
                found.names[one.exercise] += 1
                if found.held is not None:
                    found.held.append(one)
                if doubt := doubt_of(one, now):
                    found.doubtful += 1
                    if len(found.doubts) < _SHOWN_DOUBTS:
                        found.doubts.append((one, doubt))
            case RowFinding():
                found.left_out += one.left_out
                if len(found.findings) < MOST_KEPT:
                    found.findings.append(one)
                else:
                    found.more_findings += 1
                if told:
                    told(one)
            case Left():
                found.no_sets += 1
    return found


def matches_of(names: Counter[str], source: Source, naming: Naming) -> tuple[Match, ...]:
    """Return what each name of a file is taken for, the least sure first, then the most sets."""
    if source.is_our_own:
        return ()
    matches = (naming.match(name) for name in names)
    order = (Sureness.NONE, Sureness.LIKELY, Sureness.SURE, Sureness.SAID)
    return tuple(sorted(matches, key=lambda m: (order.index(m.sureness), -names[m.name], m.name)))


def take_in(
    source: Source,
    notation: Notation,
    found: Survey,
    matches: Mapping[str, Match],
    log: TrainingLog,
    now: datetime,
    *,
    doubtful: bool,
    keep: bool = True,
    progress: Progress | None = None,
) -> Tally:
    """Put the sets of a file into the log in one transaction; without `keep` only count them.

    `found` is what `survey` made of it, and `doubtful` tells whether what is
    hard to believe goes in as well.

    Raises:
        ExchangeError, LogError: nothing was taken in, and why.
    """
    with log.intake(keep=keep) as intake:
        done = 0
        for one in source.sets(notation) if found.held is None else found.held:
            if not isinstance(one, ImportedSet):
                continue
            done += 1
            if progress and not done % 1000:
                progress(source.size * done // found.sets)
            if not doubtful and doubt_of(one, now):
                continue
            match = matches.get(one.exercise)
            if match is None:
                intake.add(one, one.exercise, one.variation)
            else:
                intake.add(one, match.exercise, match.variation)
    return intake.tally


def keep_as_it_was(paths: Paths, now: datetime) -> Path | None:
    """Copy the log before an import, and return the copy; None where there is no log yet.

    `voicecoach restore` puts it back, should the import have been a mistake.
    The last three of these copies stay.

    Raises:
        LogError: the log cannot be read, or the copy cannot be written.
    """
    if not paths.log.exists():
        return None
    copy = paths.backups / f"before-import-{now:%Y-%m-%dT%H%M%S}.sqlite3"
    copy_database(paths.log, copy)  # whole; whether it is sound is looked at when it is put back
    for old in sorted(paths.backups.glob("before-import-*.sqlite3"))[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)
    return copy


@contextmanager
def log_for(path: Path, *, keep: bool) -> Iterator[TrainingLog]:
    """Open the log; without `keep`, where there is none, one that vanishes: to look makes none.

    Raises LogError while somebody trains with it: a set must not wait for an import to end.
    """
    if keep or path.exists():
        now = datetime.now().astimezone()
        with held(path, "voicecoach import", now), TrainingLog.open(path) as log:
            yield log
        return
    with (
        tempfile.TemporaryDirectory(prefix="voicecoach-") as folder,
        TrainingLog.open(Path(folder) / path.name) as log,
    ):
        yield log
