"""A calibration that is interrupted leaves everything as it was."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime
from pathlib import Path

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.recognisers.own_voice import OwnVoice, network_name
from voicecoach.audio.wavfile import WavWriter
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import at_speech_level
from voicecoach.runtime.enrolment.account import Account
from voicecoach.runtime.enrolment.profile_file import Profile, write_profile
from voicecoach.runtime.enrolment.recording import WORDS
from voicecoach.runtime.paths import Paths


def test_ctrl_c_half_way_leaves_what_was_there(at_terminal, tmp_path: Path) -> None:
    paths = Paths(data=tmp_path, config=tmp_path / "config", cache=tmp_path, model_dirs=())
    made_at = datetime(2026, 1, 5, tzinfo=UTC)
    voice = OwnVoice(network=network_name(), lean=0.25)
    profile = Profile(voice=voice, made_at=made_at, before=Account(), after=Account())
    write_profile(paths.voice, profile)
    before = paths.voice.read_bytes()
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    clips = engines.athlete_voice(paths, "en-gb").render_all(WORDS)
    with (corpus / "manifest.jsonl").open("w") as manifest:
        for number, (text, clip) in enumerate(zip(WORDS, clips, strict=True)):
            with WavWriter(corpus / f"{number}.wav", HEARING_RATE) as wav:
                wav.write(at_speech_level(clip).pcm)
            row = {"path": f"{number}.wav", "text": text, "kind": "command", "voice": "me"}
            manifest.write(json.dumps(row) + "\n")
    terminal = at_terminal("calibrate", "--from", corpus)
    terminal.wait_for("Hearing")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.ends_with() == 130
    assert paths.voice.read_bytes() == before
    assert [one.name for one in paths.voice.parent.iterdir()] == ["voice.toml"]
