"""The log of ten years that the bench asks its questions of is one a lifter could have."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from voicecoach.library.exercises import Library
from voicecoach.store.log import TrainingLog

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "ten_years.py"


def test_the_made_log_is_the_same_each_time_and_names_what_the_library_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("ten_years", SCRIPT)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "ten_years", made)  # where dataclasses look for it
    spec.loader.exec_module(made)
    logs = []
    for name in ("one", "other"):
        made.make_log(tmp_path / name, 2000, years=1)
        with TrainingLog.open(tmp_path / name) as log:
            logs.append(log.performed_sets())
    assert logs[0] == logs[1]
    assert 1950 < len(logs[0]) < 2000  # a few are undone
    assert {one.exercise for one in logs[0]} <= set(Library().ids)
