"""What is said is kept where the lifter asks for it, as a corpus, and for nobody else."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm, VoiceActivity
from voicecoach.cli.main import main
from voicecoach.cli.talk_options import keeping
from voicecoach.errors import CorpusError
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import IntentName
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import at_speech_level
from voicecoach.runtime.bench.corpus import read_corpus
from voicecoach.runtime.bench.hearing import Bench, Outcome, Plan
from voicecoach.runtime.hearing import Hearing, Keep
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.recordings import Recordings

BEGUN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
LEGAL = Vocabulary(intents=frozenset({IntentName.DONE, IntentName.STOP}))


class Done:
    """A recogniser that hears "done", as surely as it is told."""

    name = description = "done"

    def __init__(self, confidence: float = 0.95) -> None:
        self.confidence = confidence

    def begin(self, grammar: Grammar) -> None:
        pass

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        return (Hypothesis(("done",), 0.0, self.confidence),)


HUM = (3000 * np.sin(np.arange(HEARING_RATE // 2) * 0.3)).astype(np.int16)


def say(
    activity: VoiceActivity,
    keep: Keep | None,
    *confidences: float,
    own: frozenset[str] = frozenset(),
    sound: Pcm = HUM,
) -> None:
    """Let a hearing with `keep` hear `sound` for each of `confidences`."""
    ear = Done()
    hearing = Hearing(Ears(ear, activity), own_words=lambda _from, _to: own, keep=keep)
    hearing.listen(LEGAL)
    second = np.zeros(HEARING_RATE, np.int16)
    for ear.confidence in confidences:
        hearing.feed(np.concatenate([second, sound, second]))
    assert len(hearing.heard) == len(confidences)


def test_what_was_said_in_a_session_can_be_benched(tmp_path: Path, paths: Paths, loudness) -> None:
    folder = tmp_path / "mine"
    sound = at_speech_level(engines.athlete_voice(paths, "en-gb").render("done")).pcm
    say(loudness, Recordings(folder, BEGUN, print).keep, 0.95, 0.1, sound=sound)
    corpus = read_corpus(folder)
    assert [(one.text, one.voice) for one in corpus.commands] == [("done", "me")]
    assert len(corpus.chatter) == 1
    trials = list(Bench(corpus, Plan(snrs=(None,))).run(Done()))
    assert [one.outcome for one in trials] == [Outcome.UNDERSTOOD, None]
    line = json.loads((folder / "manifest.jsonl").read_text().splitlines()[0])
    (heard,) = line["heard"]
    assert heard["text"] == "done"
    assert heard["confidence"] > 0.95  # it was surely speech, which makes it surer
    assert line["legal"] == ["done", "stop"]
    assert line["decision"] == "accepted"


def test_a_later_session_is_kept_beside_the_earlier(tmp_path: Path, loudness) -> None:
    say(loudness, Recordings(tmp_path, BEGUN, print).keep, 0.95)
    say(loudness, Recordings(tmp_path, BEGUN.replace(hour=19), print).keep, 0.95)
    assert len(read_corpus(tmp_path).commands) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
def test_recordings_are_for_their_owner_alone(tmp_path: Path, loudness) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(mode=0o755)
    say(loudness, Recordings(folder, BEGUN, print).keep, 0.95)
    assert folder.stat().st_mode & 0o777 == 0o700
    files = list(folder.iterdir())
    assert len(files) == 2
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}


def test_nothing_is_kept_unasked_and_the_coachs_own_words_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loudness
) -> None:
    monkeypatch.chdir(tmp_path)
    say(loudness, None, 0.95)
    assert not list(tmp_path.iterdir())
    say(loudness, Recordings(tmp_path, BEGUN, print).keep, 0.95, own=frozenset({"done"}))
    assert (tmp_path / "manifest.jsonl").read_bytes() == b""


def test_a_folder_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CorpusError, match="what is said cannot be kept") as caught:
        Recordings(tmp_path / "file", BEGUN, print)
    assert caught.value.place == str(tmp_path / "file")


def test_a_folder_that_goes_missing_ends_the_recording_and_no_session(
    tmp_path: Path, loudness
) -> None:
    folder, told = tmp_path / "mine", list[str]()
    recordings = Recordings(folder, BEGUN, told.append)
    say(loudness, recordings.keep, 0.95)
    for one in folder.iterdir():
        one.unlink()
    folder.rmdir()
    say(loudness, recordings.keep, 0.95, 0.95)
    (line,) = told
    assert "no more is recorded" in line


class Terminal:
    """A standard input that is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "kept"), [(True, True), (False, False)])
def test_consent_is_asked_for_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool, kept: bool
) -> None:
    questions: list[str] = []

    def confirm(question: str, *, default: bool) -> bool:
        questions.append(question)
        assert not default
        return answer

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("click.confirm", confirm)
    folder = tmp_path / "mine"
    assert (keeping(folder) is not None) is kept
    assert folder.exists() is kept
    assert len(questions) == 1
    assert str(folder) in questions[0]


def test_without_a_terminal_the_option_is_the_consent_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert keeping(tmp_path / "mine") is not None
    (line,) = capsys.readouterr().out.splitlines()
    assert "kept in" in line


@pytest.mark.parametrize("command", ["start", "log"])
def test_typed_words_have_no_sound_to_keep(command: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [command, "--text", "--record", str(tmp_path / "mine")])
    assert result.exit_code == 2
    assert "there is none" in result.stderr
    assert not (tmp_path / "mine").exists()
