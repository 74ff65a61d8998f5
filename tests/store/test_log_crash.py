"""Killed at any moment, the log holds each confirmed step once and no step by half."""

from __future__ import annotations

import os
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicecoach.session.facts import Fact
from voicecoach.store.database import migrations
from voicecoach.store.log import TrainingLog

CHILD = Path(__file__).with_name("mortal_log.py")
SCRIPT = runpy.run_path(str(CHILD))

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")


def facts_of(steps: int) -> tuple[Fact, ...]:
    return tuple(fact for number in range(steps) for fact in SCRIPT["step"](number))


def run(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, CHILD, *arguments], check=True, timeout=120)


@needs_fork
def test_killed_before_any_statement_the_log_keeps_what_was_confirmed(tmp_path: Path) -> None:
    run("sessions", tmp_path)
    deaths = sorted(tmp_path.iterdir())
    assert len(deaths) > 60
    for place in deaths:
        report = (place / "report").read_text().splitlines()
        with TrainingLog.open(place / "log.sqlite3") as log:
            unfinished = log.unfinished_session()
            if unfinished is None:
                assert report == []
                log.begin_session("s", datetime(2026, 1, 5, tzinfo=UTC), SCRIPT["PLAN"])
                continue
            kept = unfinished.facts[1:]
            confirmed = max(len(report) - 1, 0)
            # The step that was under way is there whole or not at all.
            assert kept in (facts_of(confirmed), facts_of(confirmed + 1)), place
            # And the session goes on from there.
            done = confirmed if kept == facts_of(confirmed) else confirmed + 1
            for number in range(done, SCRIPT["STEPS"]):
                log.append("s", SCRIPT["step"](number))
            assert log.facts("s")[1:] == facts_of(SCRIPT["STEPS"])
            standing = [(performed.id, performed.reps) for performed in log.performed_sets()]
            assert standing == [("0", 0), ("1", 99), ("3", 99), ("4", 4)]


@needs_fork
def test_killed_in_a_migration_the_log_is_at_one_schema_or_the_other(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite3"
    with TrainingLog.open(old) as log:
        log.begin_session("s", datetime(2026, 1, 5, tzinfo=UTC), SCRIPT["PLAN"])
        log.append("s", SCRIPT["step"](0))
    run("migration", tmp_path / "deaths", old)
    now = migrations()[-1].version
    ends = set()
    for place in sorted((tmp_path / "deaths").iterdir()):
        with closing(sqlite3.connect(place / "log.sqlite3")) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (added,) = connection.execute(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'shoe'"
            ).fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM fact").fetchone() == (2,)
        assert added == version - now
        ends.add(version)
        # Whatever is at the copy's name is whole.
        copy = place / f"log.v{now}.sqlite3"
        for whole in [copy] if version > now else [place / "log.sqlite3", copy]:
            if whole.exists():
                with TrainingLog.open(whole) as log:
                    assert log.facts("s")[1:] == facts_of(1)
        assert copy.exists() or version == now
    assert ends == {now, now + 1}


@pytest.mark.parametrize("lines", [1, 2, 9, 40])
def test_killed_from_outside_the_log_keeps_what_was_confirmed(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "log.sqlite3"
    with subprocess.Popen(
        [sys.executable, CHILD, "endless", path], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        report = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        report += child.stdout.readlines()
    confirmed = len(report) - 1
    with TrainingLog.open(path) as log:
        assert log.facts("s")[1:] in (facts_of(confirmed), facts_of(confirmed + 1))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@needs_fork
def test_killed_in_an_import_the_log_holds_all_of_it_or_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    TrainingLog.open(empty).close()
    run("intake", tmp_path / "deaths", empty)
    deaths = sorted((tmp_path / "deaths").iterdir())
    assert len(deaths) > 20
    ends = []
    for place in deaths:
        with TrainingLog.open(place / "log.sqlite3") as log:
            ends.append(len(log.performed_sets()))
            assert log.unfinished_session() is None
            if (place / "report").exists():
                assert ends[-1] == len(SCRIPT["IMPORTED"])
    assert ends == sorted(ends)
    assert set(ends) == {0, len(SCRIPT["IMPORTED"])}
