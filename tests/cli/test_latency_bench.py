"""`voicecoach bench latency`: the time to a reaction, on the system's own voice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli.main import main


def test_the_reaction_to_each_command_is_timed(tmp_path: Path) -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("needs espeak-ng")
    asked = ["bench", "latency", "--times", "1", "--recogniser", "moonshine", "--json"]
    result = CliRunner().invoke(main, ["--cache-dir", str(tmp_path), *asked])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["schema"] == "voicecoach.latency/1"
    assert {row["recogniser"] for row in report["rows"]} == {"moonshine"}
    understood = [row for row in report["rows"] if row["understood"]]
    assert len(understood) >= len(report["rows"]) / 2
    assert all(row["decode_ms"] > 0 for row in understood)
    assert report["latency_ms"]["p50"] < report["latency_ms"]["p95"]
