"""What fits a voice, kept in a file that a person can read, and told where it cannot be used."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.ports import Hypothesis
from voicecoach.audio.recognisers.odds import leant
from voicecoach.audio.recognisers.own_voice import (
    FRAME_NUMBERS,
    MOST_LEAN,
    MOST_SHIFT,
    OwnVoice,
    network_name,
)
from voicecoach.audio.recognisers.phonemes import PHONEMES
from voicecoach.cli.main import main
from voicecoach.cli.talk_options import own_voice
from voicecoach.errors import CalibrationError
from voicecoach.runtime.enrolment.account import Account
from voicecoach.runtime.enrolment.profile_file import (
    Profile,
    forget_profile,
    named_profile,
    read_profile,
    write_profile,
)
from voicecoach.runtime.paths import Paths

MADE = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


def profile(lean: float = 0.25, **fields: object) -> Profile:
    shift = tuple(round(0.01 * (at % 7), 4) for at in range(FRAME_NUMBERS))
    own = (("three", ("T", "R", "IY")),)
    voice = {"network": network_name(), "lean": lean, "shift": shift, "pronunciations": own}
    return Profile(
        voice=OwnVoice(**(voice | fields)),  # type: ignore[arg-type]
        made_at=MADE,
        before=Account(understood=40, asked=2, missed=5, wrong=1),
        after=Account(understood=45, asked=2, missed=1),
    )


def whole(most: float) -> st.SearchStrategy[float]:
    """Return numbers as the file has them."""
    return st.floats(-most, most).map(lambda number: round(number, 3))


@given(
    whole(MOST_LEAN),
    st.just(()) | st.lists(whole(MOST_SHIFT), min_size=FRAME_NUMBERS, max_size=FRAME_NUMBERS),
    st.dictionaries(
        st.text(st.characters(categories=["L"]) | st.sampled_from("'- ."), min_size=1).filter(
            lambda word: word == word.strip()
        ),
        st.lists(st.sampled_from(PHONEMES), min_size=1, max_size=8).map(tuple),
        max_size=4,
    ),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  # given a zone below
    st.integers(-12, 14),
)
def test_a_profile_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    lean: float,
    shift: list[float],
    ways: dict[str, tuple[str, ...]],
    at: datetime,
    zone: int,
) -> None:
    file = tmp_path_factory.getbasetemp() / "voice.toml"
    made_at = at.replace(microsecond=0, tzinfo=_zone(zone))
    voice = OwnVoice(
        network=network_name(), lean=lean, shift=tuple(shift), pronunciations=tuple(ways.items())
    )
    written = Profile(
        voice=voice, made_at=made_at, before=Account(missed=3), after=Account(understood=3)
    )
    write_profile(file, written)
    assert read_profile(file) == written


def _zone(hours: int) -> object:
    from datetime import timezone  # noqa: PLC0415

    return timezone(timedelta(hours=hours))


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
def test_a_profile_is_for_its_owner_alone_and_holds_no_sound(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "voice.toml"
    write_profile(file, profile())
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_size < 5000
    assert "three" in file.read_text()


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("version = 1", "version = 2", "of version 2"),
        ("version = 1", "version = 0", "not a whole number"),
        ("version = 1\n", "", "version is missing"),
        ("lean = 0.250", "lean = 3.0", "not a number from"),
        ("lean = 0.250", "lean = nan", "not a number from"),
        ("lean = 0.250", "lean = true", "not a number from"),
        ("shift = [", "shift = [0.5,", "not a list of 288"),
        ("0.0100", "7.5", "not a number from"),
        ('"T R IY"', '"T R XX"', "not made of phonemes"),
        ('"T R IY"', "7", "not a text"),
        ("2026-01-05", "2026-13-05", "not an instant"),
        ("understood = 40", "understood = -1", "not a whole number"),
        ("lean =", "leant =", "leant is not a key"),
        ("[before]", "[before", "not TOML"),
    ],
)
def test_a_damaged_profile_is_told_with_its_place_and_remedy(
    tmp_path: Path, before: str, after: str, problem: str
) -> None:
    file = tmp_path / "voice.toml"
    write_profile(file, profile())
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after, 1))
    with pytest.raises(CalibrationError, match=problem) as caught:
        read_profile(file)
    assert str(file) in caught.value.place
    assert "voicecoach calibrate" in caught.value.remedy


def test_a_profile_for_other_ears_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "voice.toml"
    write_profile(file, profile(network="01234567"))
    with pytest.raises(CalibrationError, match="other ears"):
        read_profile(file)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[[[", b"version = 1" * 100_000])
def test_what_is_no_profile_keeps_nobody_from_training(
    paths: Paths, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.voice.parent.mkdir(parents=True)
    paths.voice.write_bytes(content)
    assert own_voice(paths) is None
    (line,) = capsys.readouterr().err.splitlines()
    assert str(paths.voice) in line
    assert "as to anybody" in line


def test_a_session_listens_to_the_voice_that_was_found(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert own_voice(paths) is None
    write_profile(paths.voice, profile())
    assert own_voice(paths) == profile().voice
    assert capsys.readouterr().err == ""


def test_what_was_found_is_shown_and_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "voice.toml"

    def calibrate(option: str) -> str:
        command = ["--config-dir", str(tmp_path), "calibrate", option]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "voicecoach calibrate" in calibrate("--show")
    assert "nothing to forget" in calibrate("--forget")
    write_profile(file, profile())
    shown = calibrate("--show")
    assert "45" in shown
    assert "three as T R IY" in shown
    assert "as to anybody" in calibrate("--forget")
    assert not file.exists()
    assert not forget_profile(file)
    with pytest.raises(CalibrationError, match="no such profile"):
        named_profile(file)


@given(st.floats(0, 1), st.floats(-MOST_LEAN, MOST_LEAN))
def test_a_lean_moves_a_confidence_within_bounds_and_keeps_the_order(
    confidence: float, lean: float
) -> None:
    moved = leant(confidence, lean)
    assert 0 <= moved <= 1
    assert abs(moved - confidence) <= MOST_LEAN / 4 + 1e-9
    voice = OwnVoice(network="", lean=lean)
    first, second = voice.leaning(
        [Hypothesis(("stop",), 0.0, confidence), Hypothesis(("pause",), -1.0, confidence / 2)]
    )
    assert (first.words, first.score) == (("stop",), 0.0)
    assert first.confidence >= second.confidence


def test_a_pronunciation_is_said_beside_those_that_are_known() -> None:
    voice = OwnVoice(network="", pronunciations=(("three", ("T", "R", "IY")), ("ten", ("T",))))
    known = {"three": (("TH", "R", "IY"),), "two": (("T", "UW"),)}
    also = voice.also(known)
    assert also["three"] == (("TH", "R", "IY"), ("T", "R", "IY"))
    assert also["two"] == known["two"]
    assert "ten" not in also


def test_frames_are_moved_in_the_networks_own_measure() -> None:
    frames = np.zeros((3, FRAME_NUMBERS), np.float32)
    assert OwnVoice(network="").moved(frames) is frames
    moved = OwnVoice(network="", shift=(0.5,) * FRAME_NUMBERS).moved(frames)
    assert moved.dtype == np.float32
    assert (moved > 0).all()
