"""The child process that runs pyttsx3: `python -m voicecoach.audio.voices.render`.

It reads one request as JSON from its standard input and answers with one
JSON object on its standard output, so that an engine which hangs, crashes or
prints can hurt nothing but this process.

    {"voice": "en-us" | null, "words_a_minute": 165, "texts": [...], "folder": "/..."} | {}
    {"voices": [{"id": ..., "name": ..., "languages": [...]}], "files": ["/.../0.wav", ...]}
    {"fault": "engine" | "voice" | "setting", "detail": ...}

A file is written for each text, in order; whether it holds sound is for the
reader to see. A request without texts is for the voices only.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from voicecoach.audio.voices import espeak


def main() -> None:
    """Answer the request on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows it comes all the same
    # pyttsx3 prints to standard output; what it prints goes to standard error.
    reply = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    with reply:
        json.dump(_answer(json.load(sys.stdin)), reply)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    engine = None
    try:
        import pyttsx3  # noqa: PLC0415 - its failure is an answer of this program
        from pyttsx3.engine import default_engine_by_sys_platform  # noqa: PLC0415

        driver = default_engine_by_sys_platform()
        if driver == "espeak":
            espeak.load()
            voices = espeak.list_voices(_voices)
        else:
            engine = pyttsx3.init(driver)
            voices = _voices(engine)
    except (ImportError, OSError, RuntimeError) as error:
        return {"fault": "engine", "detail": str(error)}
    answer: dict[str, Any] = {"voices": voices}
    if "texts" not in request:
        return answer
    wanted: str | None = request["voice"]
    voice = None if wanted is None else identify(wanted, voices)
    if wanted is not None and voice is None:
        return answer | {"fault": "voice", "detail": wanted}
    suffix = ".aiff" if driver == "nsss" else ".wav"  # what each really writes
    folder = Path(request["folder"])
    files = [str(folder / f"{number}{suffix}") for number in range(len(request["texts"]))]
    spoken = list(zip(request["texts"], files, strict=True))
    if engine is None:
        faults = espeak.render(voice, request["words_a_minute"], spoken)
    else:
        faults = _render_in_one_run(engine, voice, request["words_a_minute"], spoken)
    return answer | ({"fault": "setting", "detail": faults[0]} if faults else {"files": files})


def _voices(engine: Any) -> list[dict[str, Any]]:
    return [
        {"id": voice.id, "name": voice.name, "languages": [str(tag) for tag in voice.languages]}
        for voice in engine.getProperty("voices")
    ]


def identify(wanted: str, voices: list[dict[str, Any]]) -> str | None:
    """Return the id of the voice called `wanted`: by id, by name, by language, by part of a name.

    Case does not matter. espeak's ids are paths, and their last part is
    enough. The first that fits is taken.
    """
    name = wanted.casefold()
    tests = (
        lambda voice: name in {voice["id"].casefold(), voice["id"].casefold().rpartition("/")[2]},
        lambda voice: name == voice["name"].casefold(),
        lambda voice: name in {tag.casefold().replace("_", "-") for tag in voice["languages"]},
        lambda voice: name in voice["name"].casefold(),
    )
    for fits in tests:
        for voice in voices:
            if fits(voice):
                return str(voice["id"])
    return None


def _render_in_one_run(
    engine: Any, voice: str | None, words_a_minute: int, spoken: list[tuple[str, str]]
) -> list[str]:
    """Queue all phrases for one run: a second run hangs or stays silent on macOS and Windows."""
    faults: list[str] = []
    engine.connect("error", lambda exception, **_: faults.append(str(exception)))
    if voice is not None:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", words_a_minute)
    for text, file in spoken:
        engine.save_to_file(text, file)
    engine.runAndWait()
    return faults


if __name__ == "__main__":
    main()
