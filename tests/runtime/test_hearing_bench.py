"""The hearing bench, on a corpus that espeak-ng says on the spot."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from voicecoach.audio.ports import HEARING_RATE, Hypothesis
from voicecoach.audio.wavfile import WavWriter
from voicecoach.cli.main import main
from voicecoach.errors import CorpusError
from voicecoach.language.decide import Accepted, Ambiguous, Decision, Ignored
from voicecoach.language.intents import Intent, IntentName
from voicecoach.report.hearing import figures
from voicecoach.runtime.bench.account import account, totals
from voicecoach.runtime.bench.corpus import (
    Recording,
    active_level,
    active_span,
    read_corpus,
    sample,
    scene,
)
from voicecoach.runtime.bench.hearing import Bench, Outcome, Plan, WithUnit, judge
from voicecoach.runtime.bench.moments import Legal, moment_of
from voicecoach.runtime.hearing import Heard
from voicecoach.units import Load, Unit

SAID = (
    ("done", "control", "en-us"),
    ("stop", "control", "en-gb"),
    ("eight reps at sixty kilos", "set", "en-us"),
    ("twelve", "number", "en-gb"),
    ("two large coffees please", "chatter", "en-gb"),
)


def tone(path: Path, seconds: float = 1.0, amplitude: float = 3000.0) -> None:
    """Write a hum where a recording would be."""
    wave = amplitude * np.sin(np.arange(int(seconds * HEARING_RATE)) / 20)
    with WavWriter(path, HEARING_RATE) as wav:
        wav.write(wave.astype(np.int16))


def manifest(folder: Path, *rows: dict[str, str]) -> Path:
    (folder / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def row(
    path: str, text: str = "done", kind: str = "control", voice: str = "anna"
) -> dict[str, str]:
    return {"path": path, "text": text, "kind": kind, "voice": voice}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of five sentences in two voices, and a noise."""
    espeak = shutil.which("espeak-ng") or shutil.which("espeak")
    if espeak is None:
        pytest.skip("needs espeak-ng")
    folder = tmp_path_factory.mktemp("corpus")
    rows = []
    for number, (text, kind, voice) in enumerate(SAID):
        name = f"{number}.wav"
        subprocess.run([espeak, "-v", voice, "-w", str(folder / name), text], check=True)
        rows.append(row(name, text, kind, voice))
    hiss = np.random.default_rng(3).normal(0, 900, 4 * HEARING_RATE).astype(np.int16)
    with WavWriter(folder / "hiss.wav", HEARING_RATE) as wav:
        wav.write(hiss)
    return manifest(folder, *rows, row("hiss.wav", "", "noise", "hiss"))


def hypothesis(text: str, confidence: float = 0.99) -> Hypothesis:
    return Hypothesis(tuple(text.split()), 0.0, confidence)


def bench(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["bench", "hearing", *arguments])


def test_the_bench_counts_every_recording_once_at_each_level(spoken: Path, oracle) -> None:
    plan = Plan(snrs=(None, 10.0))
    work = Bench(read_corpus(spoken), plan)
    trials = list(work.run(oracle(hypothesis("done"))))
    assert len(trials) == len(work) == 2 * 5 + 1
    report = account(trials, plan.legal, {"oracle": "an oracle"})
    counted = totals(report["rows"], "snr_db")
    assert {key: value["total"] for key, value in counted.items()} == {(None,): 4, (10.0,): 4}
    assert counted[None,]["understood"] == 1  # "done", where it was said
    assert {one["noise"] for one in report["rows"] if one["snr_db"]} == {"hiss"}
    talk = [one for one in report["negatives"] if one["kind"] == "chatter"]
    assert [one["snr_db"] for one in talk] == [None, 10.0]
    assert sum(one["seconds"] for one in report["negatives"]) > 5
    assert "done" not in {one["kind"] for one in report["rows"]}


def test_moonshine_understands_the_corpus_through_the_command(spoken: Path, tmp_path: Path) -> None:
    saved, details = tmp_path / "saved.json", tmp_path / "details.jsonl"
    first = bench(
        "--corpus", str(spoken), "--snr", "clean", "--recogniser", "moonshine",
        "--json", "--save", str(saved), "--details", str(details),
    )  # fmt: skip
    if "is not installed" in first.output:
        pytest.skip("moonshine has no wheel for this machine")
    assert first.exit_code == 0, first.output
    report = json.loads(first.stdout)
    assert report["schema"] == "voicecoach.hearing/1"
    assert report["state"] == "auto"
    assert sum(one["understood"] for one in report["rows"]) >= 3
    assert sum(one["wrong"] for one in report["rows"]) == 0
    assert sum(one["false_accepts"] for one in report["negatives"]) == 0
    assert report["latency_ms"]["p50"] > 0
    lines = [json.loads(line) for line in details.read_text().splitlines()]
    assert len(lines) == 6
    assert {"path", "outcome", "heard"} <= lines[0].keys()
    again = bench(
        "--corpus", str(spoken), "--snr", "clean", "--voices", "en-us", "--against", str(saved)
    )
    assert again.exit_code == 0, again.output
    assert "100.0 % (+0.0)" in again.stdout


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        (["done"], Outcome.UNDERSTOOD),
        ([], Outcome.MISSED),
        ([None], Outcome.MISSED),
        ([None, "done"], Outcome.UNDERSTOOD),
        (["stop"], Outcome.WRONG),
        (["done", "stop"], Outcome.WRONG),
        (["done or stop"], Outcome.ASKED),
        (["pause or stop"], Outcome.MISSED),
        (["done or stop", "done"], Outcome.UNDERSTOOD),
    ],
)
def test_a_command_is_judged_by_all_that_was_made_of_it(
    decisions: list[str | None], outcome: Outcome
) -> None:
    heard = [heard_as(decision) for decision in decisions]
    assert judge(Intent(name=IntentName.DONE), heard) is outcome


def heard_as(decision: str | None) -> Heard:
    intents = [Intent(name=IntentName(name)) for name in (decision or "").split(" or ") if name]
    made: Decision
    match intents:
        case [one]:
            made = Accepted(one, (), 0.9)
        case [one, other]:
            made = Ambiguous((one, other), (), 0.9)
        case _:
            made = Ignored((), 0.1)
    return Heard(at_ms=0, speech_end_ms=0, latency_ms=0, decode_ms=0, decision=made, hypotheses=())


@pytest.mark.parametrize(
    ("text", "name", "legal", "illegal"),
    [
        ("done eight", IntentName.DONE, IntentName.DONE, IntentName.READY),
        ("thirteen", IntentName.NUMBER, IntentName.REPS, IntentName.READY),
        ("sixty two point five", IntentName.LOAD, IntentName.LOAD, IntentName.NUMBER),
        ("how long left", IntentName.HOW_LONG_LEFT, IntentName.SKIP_REST, IntentName.NUMBER),
        ("resume", IntentName.RESUME, IntentName.FINISH, IntentName.NUMBER),
        ("log squat five reps at ninety kilos", IntentName.LOG, IntentName.LOG, IntentName.READY),
    ],
)
def test_a_recording_is_heard_in_the_state_it_belongs_to(
    text: str, name: IntentName, legal: IntentName, illegal: IntentName
) -> None:
    moment = moment_of(text, Legal.AUTO)
    assert moment is not None
    assert moment.intent is not None
    assert moment.intent.name is name
    assert legal in moment.vocabulary.intents
    assert illegal not in moment.vocabulary.intents
    everywhere = moment_of(text, Legal.ANY)
    assert everywhere is not None
    assert illegal in everywhere.vocabulary.intents


def test_no_target_of_the_bench_gives_away_what_is_said() -> None:
    moment = moment_of("thirteen", Legal.AUTO)
    assert moment is not None
    assert moment.vocabulary.expects.reps == (1, 100)
    assert moment.vocabulary.expects.loads == ()


def test_a_unit_of_the_corpus_is_no_part_of_the_number() -> None:
    moment = moment_of("sixteen ounce", Legal.AUTO)
    assert moment is not None
    assert moment.unit == "ounce"
    assert moment.intent == Intent(name=IntentName.NUMBER, reps=16)
    assert moment_of("nice weather", Legal.ANY) is None
    kilos = moment_of("sixty kilos", Legal.ANY)
    assert kilos is not None
    assert kilos.intent == Intent(name=IntentName.WEIGHT, load=Load.of(60, Unit.KG))


def test_a_sample_is_always_the_same_and_has_each_kind_by_its_share() -> None:
    recordings = [
        Recording(path=f"{kind}/{number}", text="done", kind=kind, voice="anna")
        for kind, count in (("control", 60), ("set", 30), ("duration", 10))
        for number in range(count)
    ]
    chosen = sample(recordings, 20)
    assert chosen == sample(recordings[::-1], 20)
    kinds = [one.kind for one in chosen]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "control": 12, "set": 6, "duration": 2,
    }  # fmt: skip
    assert sample(recordings, 10) == chosen[:10]
    assert len(sample(recordings, None)) == 100


@pytest.mark.parametrize("snr_db", [20.0, 0.0, -5.0])
def test_noise_lies_as_far_under_the_speech_as_was_asked(snr_db: float) -> None:
    rng = np.random.default_rng(1)
    speech = np.zeros(HEARING_RATE)
    speech[4000:12000] = 0.05 * np.sin(np.arange(8000) / 10)
    noise = rng.normal(0, 0.3, 3 * HEARING_RATE)
    quiet, loud = scene(speech, None, None, 5), scene(speech, noise, snr_db, 5)
    begin, end = active_span(speech)
    under = (loud.pcm.astype(float) - quiet.pcm)[9600 + begin : 9600 + end] / 32768
    # With the room's own hiss 75 dB under full scale; scaled where it would clip.
    found = 20 * np.log10(active_level(speech) / np.sqrt((under**2).mean()))
    assert found == pytest.approx(snr_db, abs=0.1)
    assert loud.end_sample == 9600 + end


def test_recordings_and_refusals_are_named(tmp_path: Path) -> None:
    tone(tmp_path / "a.wav")
    good = row("a.wav")
    wrong: list[tuple[Callable[[], Path], str]] = [
        (lambda: tmp_path / "nowhere", "manifest cannot be read"),
        (lambda: manifest(tmp_path, good, row("b.wav")), "no recording 'b.wav'"),
        (lambda: manifest(tmp_path, {"path": "a.wav", "kind": "control"}), "has no text"),
        (lambda: manifest(tmp_path, {"text": "done", "kind": "control"}), "path = None"),
    ]
    for make, problem in wrong:
        with pytest.raises(CorpusError, match=problem):
            read_corpus(make())
    (tmp_path / "manifest.jsonl").write_text("[1]\n")
    with pytest.raises(CorpusError, match=r"manifest\.jsonl:1: \[1\] is not an object"):
        read_corpus(tmp_path)
    corpus = read_corpus(manifest(tmp_path, good))
    assert [one.path for one in corpus.commands] == ["a.wav"]
    with pytest.raises(CorpusError, match="no noise in the corpus"):
        Bench(corpus, Plan(snrs=(10.0,)))
    with pytest.raises(CorpusError, match="nobody is called bob"):
        Bench(corpus, Plan(snrs=(None,), voices=frozenset({"bob"})))


def test_the_command_refuses_in_one_line(tmp_path: Path) -> None:
    result = bench("--corpus", str(tmp_path))
    assert result.exit_code == CorpusError.exit_code
    assert "manifest.jsonl" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert bench("--corpus", str(tmp_path), "--snr", "loud").exit_code == 2
    tone(tmp_path / "a.wav")
    manifest(tmp_path, row("a.wav"))
    other = tmp_path / "other.json"
    other.write_text("{}")
    result = bench("--corpus", str(tmp_path), "--snr", "clean", "--against", str(other))
    assert result.exit_code == CorpusError.exit_code
    assert "not a report of the hearing bench" in result.stderr


def test_the_page_shows_shares_and_what_changed() -> None:
    ear = {"name": "oracle", "description": "an oracle", "rtf": 0.05}
    ear["latency_ms"] = {"p50": 240.0, "p95": 390.0}  # type: ignore[assignment]

    def report(understood: int) -> dict[str, object]:
        counts = {"total": 10, "understood": understood, "asked": 1, "missed": 9 - understood}
        place = {"recogniser": "oracle", "snr_db": None, "noise": "", "kind": "set", "voice": "a"}
        talk = {"recogniser": "oracle", "snr_db": None, "kind": "chatter", "seconds": 1800.0}
        return {
            "state": "auto",
            "recognisers": [ear],
            "rows": [place | counts | {"wrong": 0}],
            "negatives": [talk | {"false_accepts": 1, "destructive": 0}],
            "peak_mb": 200.0,
        }

    page = figures(report(9), report(8))
    assert "90.0 % (+10.0)" in page
    assert "1 accepted in 30.0 min (2.0 an hour), 0 destructive" in page
    assert "240 ms from the end of speech" in page


def test_a_unit_that_only_the_corpus_says_is_kept_from_the_coach(oracle) -> None:
    ear = WithUnit(oracle(hypothesis("sixteen ounce"), hypothesis("sixty")), "ounce")
    assert [one.words for one in ear.finish()] == [("sixteen",), ("sixty",)]
