"""Which ear listens: vosk whenever it has a model, else moonshine, else pocketsphinx."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.audio.ports import Recogniser
from voicecoach.errors import RecogniserError, shown

if TYPE_CHECKING:
    from voicecoach.audio.recognisers.own_voice import OwnVoice

INSTALL_MODEL = "voicecoach models install vosk-model-small-en-us-0.15"
"""What gives vosk its model."""


def choose_recogniser(
    model_dirs: Sequence[Path], name: str | None = None, own_voice: OwnVoice | None = None
) -> Recogniser:
    """Return the recogniser called `name`, or without a name the best there is.

    `model_dirs` are the folders that models are installed in; the first of
    them with an English vosk model gives it. moonshine listens to `own_voice`;
    the others know no voice. Raises RecogniserError where
    the engine asked for, or any engine, cannot be started, and ModelError
    where its model is damaged.
    """
    starts: dict[str, Callable[[], Recogniser]] = {
        "vosk": lambda: _vosk(model_dirs),
        "moonshine": lambda: _moonshine(own_voice),
        "pocketsphinx": _pocketsphinx,
    }
    if name is not None:
        start = starts.get(name)
        if start is None:
            msg = f"there is no recogniser {shown(name)}"
            raise RecogniserError(msg, remedy=f"choose one of {', '.join(starts)}")
        return start()
    refusals: list[str] = []
    for start in starts.values():
        try:
            return start()
        except RecogniserError as error:
            refusals.append(error.problem)
    msg = f"no recogniser can be started: {'; '.join(refusals)}"
    raise RecogniserError(msg, remedy="pip install --force-reinstall voicecoach")


def english_vosk_model(model_dirs: Sequence[Path]) -> Path | None:
    """Return the first English vosk model in `model_dirs` that can be held to a grammar, or None.

    A model whose graph was compiled whole (HCLG.fst) listens for all of
    English, whatever the grammar; such a one is passed over.
    """
    for directory in model_dirs:
        if not directory.is_dir():
            continue
        for folder in sorted(directory.iterdir()):
            if "en" in re.split(r"[-_.]", folder.name.lower()) and _steerable(folder):
                return folder
    return None


def _steerable(folder: Path) -> bool:
    """Tell whether `folder` is a vosk model, of the new layout or the old, with an open graph."""
    if (folder / "am" / "final.mdl").is_file():
        return (folder / "graph" / "HCLr.fst").is_file()
    return all((folder / part).exists() for part in ("final.mdl", "conf", "HCLr.fst"))


def _vosk(model_dirs: Sequence[Path]) -> Recogniser:
    model = english_vosk_model(model_dirs)
    if model is None:
        places = ", ".join(map(str, model_dirs)) or "no model directory"
        msg = "vosk has no English model that takes a grammar"
        raise RecogniserError(msg, place=places, remedy=INSTALL_MODEL)
    recogniser: Recogniser = _adapter("vosk").VoskRecogniser(model)
    return recogniser


def _moonshine(own_voice: OwnVoice | None) -> Recogniser:
    recogniser: Recogniser = _adapter("moonshine").MoonshineRecogniser(own_voice=own_voice)
    return recogniser


def _pocketsphinx() -> Recogniser:
    recogniser: Recogniser = _adapter("pocketsphinx").PocketsphinxRecogniser()
    return recogniser


def _adapter(engine: str) -> Any:
    """Import an engine's module, only now: each is slow to load, and some systems lack one."""
    try:
        return import_module(f"voicecoach.audio.recognisers.{engine}")
    except (ImportError, OSError) as error:
        msg = f"{engine} cannot be loaded ({error})"
        raise RecogniserError(msg, remedy="pip install --force-reinstall voicecoach") from error
