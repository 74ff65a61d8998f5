"""`voicecoach models`, as it is typed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.models import models
from voicecoach.errors import ModelError
from voicecoach.runtime.paths import Paths

NAME = "vosk-model-small-en-us-0.15"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr(f"{NAME}/am/final.mdl", b"a very small model")
    path = tmp_path / "model.zip"
    path.write_bytes(packed.getvalue())
    return path


@pytest.fixture
def manifest(tmp_path: Path, archive: Path) -> Path:
    content = archive.read_bytes()
    path = tmp_path / "manifest.toml"
    path.write_text(
        f"""
        schema = "voicecoach.models/1"
        [[model]]
        name = "{NAME}"
        engine = "vosk"
        language = "en-us"
        urls = ["https://example.invalid/model.zip"]
        size = {len(content)}
        sha256 = "{hashlib.sha256(content).hexdigest()}"
        licence = "Apache-2.0"
        """
    )
    return path


def run(paths: Paths, *arguments: str | Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(models, [str(a) for a in arguments], obj=paths, input=answer)


def install(paths: Paths, manifest: Path, archive: Path) -> Result:
    return run(paths, "install", NAME, "--manifest", manifest, "--from", archive)


def test_the_list_says_what_is_here_and_what_can_be_had(
    paths: Paths, manifest: Path, archive: Path
) -> None:
    before = run(paths, "list", "--manifest", manifest)
    assert f"{NAME}  (vosk, en-us, 0 MB, Apache-2.0)" in before.stdout
    assert "not installed" in before.stdout
    assert install(paths, manifest, archive).exit_code == 0
    after = run(paths, "list", "--manifest", manifest)
    assert f"installed in {paths.models / NAME}" in after.stdout


def test_the_list_says_what_listens(paths: Paths, manifest: Path) -> None:
    listed = run(paths, "list", "--manifest", manifest).stdout
    assert listed.endswith("sessions are heard by moonshine\n")
    graph = paths.models / NAME / "graph"
    (paths.models / NAME / "am").mkdir(parents=True)
    (paths.models / NAME / "am" / "final.mdl").touch()
    graph.mkdir()
    (graph / "HCLr.fst").touch()
    listed = run(paths, "list", "--manifest", manifest).stdout
    assert listed.endswith("sessions are heard by vosk, verified by moonshine\n")
    as_json = json.loads(run(paths, "list", "--json", "--manifest", manifest).stdout)
    assert as_json["listens"] == "vosk+moonshine"


def test_the_list_is_given_to_programs_as_json(paths: Paths, manifest: Path, archive: Path) -> None:
    install(paths, manifest, archive)
    (paths.models / "vosk-model-en-us-0.22" / "am").mkdir(parents=True)
    listed = json.loads(run(paths, "list", "--json", "--manifest", manifest).stdout)
    assert listed["schema"] == "voicecoach.models/1"
    ours, other = listed["models"]
    assert ours == {
        "name": NAME,
        "engine": "vosk",
        "language": "en-us",
        "licence": "Apache-2.0",
        "size": archive.stat().st_size,
        "sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "urls": ["https://example.invalid/model.zip"],
        "path": str(paths.models / NAME),
    }
    assert other["name"] == "vosk-model-en-us-0.22"
    assert other["licence"] is other["size"] is other["sha256"] is None


def test_the_first_model_of_the_list_is_installed_when_none_is_named(
    paths: Paths, manifest: Path, archive: Path
) -> None:
    done = run(paths, "install", "--manifest", manifest, "--from", archive)
    assert done.stdout == f"{NAME} is installed in {paths.models / NAME}\n"


def test_installing_twice_does_nothing(paths: Paths, manifest: Path, archive: Path) -> None:
    install(paths, manifest, archive)
    archive.unlink()
    again = install(paths, manifest, archive)
    assert again.exit_code == 0
    assert "installed already" in again.stdout


def test_a_damaged_model_is_found_out_and_installed_anew(
    paths: Paths, manifest: Path, archive: Path
) -> None:
    install(paths, manifest, archive)
    assert run(paths, "verify").stdout == f"{NAME}: whole\n"
    (paths.models / NAME / "am" / "final.mdl").write_bytes(b"another small mode")
    found = run(paths, "verify", NAME)
    assert isinstance(found.exception, ModelError)
    assert f"models install {NAME}" in found.exception.remedy
    assert "am/final.mdl: its content has changed" in found.stdout
    as_json = run(paths, "verify", "--json")
    assert json.loads(as_json.stdout) == {
        "schema": "voicecoach.verification/1",
        "models": [
            {
                "name": NAME,
                "path": str(paths.models / NAME),
                "soundness": "damaged",
                "faults": ["am/final.mdl: its content has changed"],
            }
        ],
    }
    assert isinstance(as_json.exception, ModelError)
    assert install(paths, manifest, archive).exit_code == 0
    assert run(paths, "verify").stdout == f"{NAME}: whole\n"


def test_without_a_model_there_is_nothing_to_verify(paths: Paths) -> None:
    found = run(paths, "verify")
    assert found.exit_code == 0
    assert "No model is installed" in found.stdout


def test_a_model_is_removed_only_after_a_yes(paths: Paths, manifest: Path, archive: Path) -> None:
    install(paths, manifest, archive)
    assert run(paths, "remove", NAME, answer="n\n").exit_code == 1
    assert (paths.models / NAME).exists()
    assert run(paths, "remove", NAME, answer="y\n").exit_code == 0
    assert not (paths.models / NAME).exists()


def test_yes_can_be_said_beforehand(paths: Paths, manifest: Path, archive: Path) -> None:
    install(paths, manifest, archive)
    assert run(paths, "remove", NAME, "--yes").stdout == f"{NAME} is removed\n"
    assert list(paths.models.iterdir()) == []


@pytest.mark.parametrize("command", ["verify", "remove"])
def test_a_model_that_is_not_here_is_named(paths: Paths, command: str) -> None:
    found = run(paths, command, "whisper")
    assert isinstance(found.exception, ModelError)
    assert "'whisper'" in found.exception.problem


def test_a_model_that_cannot_be_had_is_named(paths: Paths, tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_text('schema = "voicecoach.models/1"')
    found = run(paths, "install", "--manifest", empty)
    assert isinstance(found.exception, ModelError)
