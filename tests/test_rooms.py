"""The rooms of the package: which may import which, and which must stay pure."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "voicecoach"

ORDER = {
    "units": 0,
    "errors": 0,
    "training": 1,
    "language": 2,
    "session": 3,
    "audio": 4,
    "store": 4,
    "library": 4,
    "report": 4,
    "runtime": 5,
    "cli": 6,
}
SIDE_BY_SIDE = {"audio", "store", "library", "report"}
PURE = {"units", "errors", "training", "language", "session"}
IMPURE_MODULES = {
    "time", "random", "os", "sqlite3", "threading", "queue", "socket", "subprocess",
    "secrets", "uuid", "tempfile", "io", "shutil", "asyncio",
    "sounddevice", "numpy", "vosk", "pyttsx3", "onnxruntime", "pocketsphinx",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(module: Path) -> Iterator[str]:
    """Yield every module that a file imports, at the top or inside functions."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written out in full"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_arrows(module: Path) -> list[str]:
    room = room_of(module)
    wrong = []
    for name in imports(module):
        parts = name.split(".")
        if parts[0] != "voicecoach" or len(parts) < 2 or parts[1] not in ORDER:
            continue
        other = parts[1]
        if room in (other, "__init__"):
            continue
        siblings = room in SIDE_BY_SIDE and other in SIDE_BY_SIDE
        if (
            ORDER[other] > ORDER[room]
            or siblings
            or (ORDER[other] == ORDER[room] and other != "errors")
        ):
            wrong.append(f"{module.relative_to(PACKAGE)} imports {name}")
    return wrong


def impurities(module: Path) -> list[str]:
    return [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for name in imports(module)
        if name.split(".")[0] in IMPURE_MODULES
    ]


def test_every_room_is_in_the_order() -> None:
    rooms = {room_of(module) for module in modules()} - {"__init__"}
    assert rooms == set(ORDER)


@pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.relative_to(PACKAGE)))
def test_imports_run_one_way(module: Path) -> None:
    assert wrong_arrows(module) == []


@pytest.mark.parametrize(
    "module",
    [module for module in modules() if room_of(module) in PURE],
    ids=lambda m: str(m.relative_to(PACKAGE)),
)
def test_pure_rooms_have_no_clock_no_chance_and_no_device(module: Path) -> None:
    assert impurities(module) == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("training", "from voicecoach.language.numbers import spoken"),
        ("session", "import voicecoach.store.log"),
        ("store", "from voicecoach.audio import ports"),
        ("audio", "from voicecoach.runtime.driver import Driver"),
    ],
)
def test_a_wrong_arrow_is_seen(
    room: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    module = tmp_path / room / "wrong.py"
    module.parent.mkdir()
    module.write_text(f"def late():\n    {line}\n", encoding="utf-8")
    assert wrong_arrows(module)


@pytest.mark.parametrize("line", ["import time", "from random import choice", "import os.path"])
def test_an_impure_import_is_seen(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    module = tmp_path / "session" / "wrong.py"
    module.parent.mkdir()
    module.write_text(line + "\n", encoding="utf-8")
    assert impurities(module)
