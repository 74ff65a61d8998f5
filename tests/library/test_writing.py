"""A file is on the disk before it takes the place of the one that was there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voicecoach.errors import RoutineError
from voicecoach.library.writing import write_whole


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done to the disk, in order."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def written_through(handle: int) -> None:
        done.append(f"{os.fstat(handle).st_size} bytes through")
        fsync(handle)

    def moved(source: Path, target: Path) -> Path:
        done.append(f"in place of {target.name}")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", written_through)
    monkeypatch.setattr(Path, "replace", moved)
    return done


def test_what_is_written_is_through_to_the_disk_before_it_is_in_place(
    tmp_path: Path, order: list[str]
) -> None:
    write_whole(tmp_path / "mine.toml", "name = 1\n", RoutineError)
    assert order == ["9 bytes through", "in place of mine.toml"]


def test_what_can_be_written_again_need_not_wait_for_the_disk(
    tmp_path: Path, order: list[str]
) -> None:
    write_whole(tmp_path / "mine.toml", "name = 1\n", RoutineError, durable=False)
    assert order == ["in place of mine.toml"]


def test_where_writing_fails_the_old_file_stays_and_nothing_lies_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RoutineError, match="No space left"):
        write_whole(file, "new", RoutineError)
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [
        ("mine.toml", "old")
    ]
