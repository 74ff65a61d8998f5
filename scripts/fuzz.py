"""Knocks at one of the doors of tests/hostile/targets.py with atheris. Called by scripts/fuzz."""

from __future__ import annotations

import os
import runpy
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOORS = ROOT / "tests" / "hostile" / "targets.py"
MOST_BYTES = 8192
SLOWEST_S = MOST_BYTES // 1024  # a second per kilobyte


def main(door: str, seconds: str) -> None:
    """Fuzz one door for so many seconds."""
    import atheris  # noqa: PLC0415  # not for --list

    with atheris.instrument_imports(include=["voicecoach"]):
        doors = runpy.run_path(str(DOORS))
    target = doors["TARGETS"][door]
    corpus = ROOT / ".fuzz" / door
    corpus.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(target.examples):
        (corpus / f"example-{number}").write_bytes(example)
    place = tempfile.TemporaryDirectory(prefix="voicecoach-fuzz-")  # libFuzzer leaves by _exit
    folder = Path(place.name, "place")

    def knock(content: bytes) -> None:
        for parent, folders, files in os.walk(folder, topdown=False):
            for name in files:
                Path(parent, name).unlink()
            for name in folders:
                Path(parent, name).rmdir()
        folder.mkdir(exist_ok=True)
        doors["knock"](target, content, folder)
        strays = set(Path(place.name).iterdir()) - {folder}
        if strays:
            msg = f"written outside its folder: {strays}"
            raise AssertionError(msg)

    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={MOST_BYTES}",
        f"-timeout={SLOWEST_S}",
        f"-artifact_prefix={corpus.parent}/{door}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    print(f"{door}: {seconds} s", flush=True)
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], knock)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print(*runpy.run_path(str(DOORS))["TARGETS"], sep="\n")
    else:
        main(sys.argv[1], sys.argv[2])
