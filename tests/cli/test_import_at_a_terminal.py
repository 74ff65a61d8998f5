"""`voicecoach import` at a real terminal: what it asks, and a real Ctrl-C in the middle of it."""

from __future__ import annotations

import signal
from pathlib import Path

from voicecoach.store.log import TrainingLog
from voicecoach.units import Load

HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
ROW = "05/06/2026 17:59,Push,45m,Bench Press (Barbell),{},{},5,0,0,8\n"


def test_what_the_file_does_not_tell_is_asked_for(at_terminal, tmp_path: Path) -> None:
    file = tmp_path / "strong.csv"
    file.write_text(HEADER + ROW.format(1, 225) + ROW.format(2, 2250), encoding="utf-8")
    terminal = at_terminal("import", file)
    terminal.wait_for("In which are its loads?")
    terminal.type("stone")
    terminal.wait_for("is not one of")
    terminal.type("lb")
    terminal.wait_for("is the day first (dmy) or the month (mdy)?")
    terminal.type("mdy")
    terminal.wait_for("This is hard to believe. Is it so?")
    terminal.type("n")
    terminal.wait_for("Taken in: 1 set in")
    assert terminal.ends_with() == 0
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        (only,) = log.performed_sets()
    assert (only.load, only.at.month, only.at.day) == (Load.lb(225), 5, 6)


def test_ctrl_c_leaves_nothing_half_in(at_terminal, tmp_path: Path) -> None:
    file = tmp_path / "strong.csv"
    row = ROW.replace("05/06/2026", "2026-06-05")
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEADER.replace("Weight", "Weight (kg)"))
        stream.writelines(row.format(number % 90 + 1, number % 80) for number in range(25_000))
    terminal = at_terminal("import", file)
    terminal.wait_for("Taking in")  # the bar, once the transaction is open
    terminal.process.send_signal(signal.SIGINT)
    terminal.wait_for("interrupted")
    assert terminal.ends_with() == 130
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        assert log.sessions() == []
        assert log.performed_sets() == ()
