"""Which recogniser is taken, asked for by name or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.audio.recognisers.choice import choose_recogniser, english_vosk_model, name_of_best
from voicecoach.errors import RecogniserError


def model(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).touch()
    return folder


OPEN = ("am/final.mdl", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst")


def test_without_a_vosk_model_moonshine_is_taken(tmp_path: Path) -> None:
    recogniser = choose_recogniser([tmp_path, tmp_path / "missing"])
    assert (recogniser.name, recogniser.description) == ("moonshine", "moonshine tiny")


def test_vosk_without_a_model_is_refused_with_the_command_that_fetches_one(tmp_path: Path) -> None:
    with pytest.raises(RecogniserError) as raised:
        choose_recogniser([tmp_path], "vosk")
    assert "vosk" in raised.value.problem
    assert str(tmp_path) in raised.value.place
    assert raised.value.remedy == "voicecoach models install vosk-model-small-en-us-0.15"


def test_an_unknown_recogniser_is_refused_by_name() -> None:
    with pytest.raises(RecogniserError, match=r"'sphinx'.*vosk, moonshine, pocketsphinx"):
        choose_recogniser([], "sphinx")


@pytest.mark.parametrize("name", ["moonshine+", "vosk+vosk", "moonshine+sphinx", "a+b+c", ""])
def test_two_ears_that_are_none_are_refused_by_name(name: str) -> None:
    with pytest.raises(RecogniserError, match="there is no recogniser") as raised:
        choose_recogniser([], name)
    assert raised.value.remedy.endswith("or two of them as in vosk+moonshine")


def test_two_ears_are_called_by_both_names() -> None:
    recogniser = choose_recogniser([], "pocketsphinx+moonshine")
    assert recogniser.name == "pocketsphinx+moonshine"
    assert recogniser.description == "pocketsphinx en-us, verified by moonshine tiny"


def test_what_listens_is_told_without_loading_it(tmp_path: Path) -> None:
    assert name_of_best([tmp_path]) == "moonshine"
    model(tmp_path / "vosk-model-small-en-us-0.15", *OPEN)
    assert name_of_best([tmp_path]) == "vosk+moonshine"


def test_an_english_model_is_found_in_either_layout(tmp_path: Path) -> None:
    new = model(tmp_path / "a" / "vosk-model-small-en-us-0.15", *OPEN)
    old = model(tmp_path / "b" / "vosk-model-small-en-us-0.3", "final.mdl", "conf/x", "HCLr.fst")
    assert english_vosk_model([tmp_path / "a", tmp_path / "b"]) == new
    assert english_vosk_model([tmp_path / "missing", tmp_path / "b"]) == old


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("vosk-model-small-ko-0.22", OPEN),
        ("vosk-model-small-en-us-0.15", ("README",)),
        ("vosk-model-small-en-us-0.15", ("am", "conf")),
        ("vosk-model-en-us-0.22", ("am/final.mdl", "graph/HCLG.fst")),
        ("opening-hours", OPEN),
    ],
    ids=["another language", "no model", "broken off", "a closed graph", "en within a word"],
)
def test_what_is_no_english_model_for_a_grammar_is_passed_over(
    tmp_path: Path, name: str, files: tuple[str, ...]
) -> None:
    model(tmp_path / name, *files)
    assert english_vosk_model([tmp_path]) is None
