"""A damaged log is told from a whole one, and what can be read of it is read."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.errors import LogError
from voicecoach.session.facts import SetAmended, SetResult
from voicecoach.store.database import migrations
from voicecoach.store.log import TrainingLog
from voicecoach.store.rescue import PAGE_SIZE, damage, rescue
from voicecoach.training.prescription import WorkoutPrescription

SESSIONS = 4
SETS = 25


@pytest.fixture
def whole(log_file: Path, plan: WorkoutPrescription, a_set) -> Path:
    """A log of a hundred sets, every fifth of them mended, its facts on several pages."""
    with TrainingLog.open(log_file) as log:
        for session in range(SESSIONS):
            name = f"session-{session}"
            log.begin_session(name, datetime(2026, 1, 5, tzinfo=UTC) + timedelta(session), plan)
            for number in range(SETS):
                set_id = f"{name}/{number}"
                facts = [a_set(set_id, number=number + 1)]
                if number % 5 == 0:
                    facts.append(SetAmended(at_ms=60_000, set_id=set_id, result=SetResult(reps=9)))
                log.append(name, facts)
    return log_file


def flipped(log: Path, page: int, target: Path) -> Path:
    """Write a copy of `log` with every bit of one page the other way round."""
    content = bytearray(log.read_bytes())
    place = slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
    content[place] = bytes(255 - byte for byte in content[place])
    target.write_bytes(content)
    return target


def all_of(log: Path) -> dict[str, tuple[str, ...]]:
    """Return the facts of each session as text."""
    with closing(sqlite3.connect(log)) as connection:
        rows = connection.execute("SELECT session, kind || body FROM fact ORDER BY seq").fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for session, fact in rows:
        found[session] = (*found.get(session, ()), fact)
    return found


def standing_and_folded(log: Path) -> tuple[list[object], list[object]]:
    """Return the sets as they are kept, and as the facts have them."""
    with closing(sqlite3.connect(log)) as connection:
        return (
            connection.execute("SELECT * FROM standing_set ORDER BY seq").fetchall(),
            connection.execute("SELECT * FROM set_from_facts ORDER BY seq").fetchall(),
        )


def test_a_whole_log_has_no_damage(whole: Path) -> None:
    assert damage(whole) == ()


def test_whichever_page_is_lost_it_is_noticed_and_the_rest_is_read(
    whole: Path, tmp_path: Path
) -> None:
    written = all_of(whole)
    total = sum(map(len, written.values()))
    pages = whole.stat().st_size // PAGE_SIZE
    assert pages > 30
    lost = []
    for page in range(pages):
        damaged = flipped(whole, page, tmp_path / "damaged.sqlite3")
        before = damaged.read_bytes()
        try:
            found = bool(damage(damaged))
        except LogError:
            found = True
        assert found, f"page {page} was not missed"
        target = tmp_path / "rescued.sqlite3"
        outcome = rescue(damaged, target)
        assert damaged.read_bytes() == before
        assert damage(target) == ()
        read = all_of(target)
        kept, folded = standing_and_folded(target)
        assert kept == folded
        for session, facts in read.items():
            assert set(facts) <= set(written[session])
        assert outcome.facts == sum(map(len, read.values()))
        assert outcome.facts + sum(gap.facts for gap in outcome.gaps) == total
        lost.append(total - outcome.facts)
    assert 0 < max(lost) < 25  # no page takes more with it than lies on it


def test_a_rescued_log_is_gone_on_with(whole: Path, tmp_path: Path, plan, a_set) -> None:
    rescue(flipped(whole, 3, tmp_path / "damaged.sqlite3"), tmp_path / "rescued.sqlite3")
    with TrainingLog.open(tmp_path / "rescued.sqlite3") as log:
        log.begin_session("next", datetime(2026, 2, 1, tzinfo=UTC), plan)
        log.append("next", [a_set("next/1")])
        assert len(log.performed_sets()) == SESSIONS * SETS + 1


def test_what_lies_in_the_journal_of_a_damaged_log_is_read_too(
    whole: Path, tmp_path: Path, a_set
) -> None:
    damaged = tmp_path / "damaged.sqlite3"
    with TrainingLog.open(whole) as log:
        log.append("session-3", [a_set("session-3/last")])
        # As a process leaves it that is killed: the journal is not written back.
        shutil.copyfile(whole.with_name(whole.name + "-wal"), tmp_path / "damaged.sqlite3-wal")
        flipped(whole, whole.stat().st_size // PAGE_SIZE - 1, damaged)
    outcome = rescue(damaged, tmp_path / "rescued.sqlite3")
    with TrainingLog.open(tmp_path / "rescued.sqlite3") as log:
        assert "session-3/last" in {one.id for one in log.performed_sets()}
    assert outcome.sessions == SESSIONS


def test_a_fact_that_makes_no_sense_is_damage(whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as connection, connection:
        connection.execute(
            "INSERT INTO fact (session, number, kind, at, body) "
            "VALUES (1, 99, 'SetTorn', '2026-01-05T00:00:00.000Z', '{\"at_ms\": 0}')"
        )
    (complaint,) = damage(whole)
    assert "SetTorn" in complaint


def test_a_file_that_was_never_a_log_gives_nothing(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("bought new shoes\n" * 2000)
    assert damage(notes) == ("file is not a database",)
    with pytest.raises(LogError, match="nothing can be read"):
        rescue(notes, tmp_path / "rescued.sqlite3")
    assert not (tmp_path / "rescued.sqlite3").exists()


def test_a_log_of_a_newer_schema_is_refused_by_name_not_called_damaged(whole: Path) -> None:
    newer = migrations()[-1].version + 1
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(LogError, match=f"schema {newer}"):
        damage(whole)


def test_where_there_is_no_log_there_is_none_to_examine(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="no log here"):
        damage(tmp_path / "nothing.sqlite3")
