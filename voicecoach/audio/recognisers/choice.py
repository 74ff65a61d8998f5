"""Which ears listen: vosk whenever it has a model, and moonshine to verify what it hears.

Without a model moonshine listens alone, and pocketsphinx where moonshine has
no wheel. What two ears listen is called by both names: "vosk+moonshine".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.audio.ports import Recogniser
from voicecoach.audio.recognisers.verified import VerifiedRecogniser
from voicecoach.errors import RecogniserError, shown

if TYPE_CHECKING:
    from voicecoach.audio.recognisers.own_voice import OwnVoice

INSTALL_MODEL = "voicecoach models install vosk-model-small-en-us-0.15"
"""What gives vosk its model."""

AND = "+"
"""Between the names of an ear that listens and of one that verifies."""


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
    if name is None:
        return _best(starts)
    names = name.split(AND)
    if len(names) > 2 or len(set(names)) < len(names) or not starts.keys() >= set(names):
        msg = f"there is no recogniser {shown(name)}"
        remedy = f"choose one of {', '.join(starts)}, or two of them as in vosk{AND}moonshine"
        raise RecogniserError(msg, remedy=remedy)
    first, *second = (starts[one]() for one in names)
    return VerifiedRecogniser(first, *second) if second else first


def _best(starts: Mapping[str, Callable[[], Recogniser]]) -> Recogniser:
    """Return the first that starts; vosk with the first of the others that does, to verify it."""
    refusals: list[str] = []
    first: Recogniser | None = None
    for start in starts.values():
        try:
            ear = start()
        except RecogniserError as error:
            refusals.append(error.problem)
            continue
        if first is not None:
            return VerifiedRecogniser(first, ear)
        if ear.name != "vosk":
            return ear
        first = ear
    if first is not None:
        return first
    msg = f"no recogniser can be started: {'; '.join(refusals)}"
    raise RecogniserError(msg, remedy="pip install --force-reinstall voicecoach")


def name_of_best(model_dirs: Sequence[Path]) -> str | None:
    """Return the name of what listens where none is asked for, told without loading it; or None."""
    here = [
        engine
        for engine, modules in _NEEDS.items()
        if all(map(find_spec, modules)) and (engine != "vosk" or english_vosk_model(model_dirs))
    ]
    return AND.join(here[: 2 if here[0] == "vosk" else 1]) if here else None


_NEEDS = {
    "vosk": ("vosk",),
    "moonshine": ("moonshine_voice", "onnxruntime"),
    "pocketsphinx": ("pocketsphinx",),
}
"""The modules of each engine."""


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
