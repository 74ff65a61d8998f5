"""Every door by which foreign bytes come in, with examples of what belongs there.

The suite knocks at them with Hypothesis, `scripts/fuzz` for as long as one
likes with a fuzzer that watches the coverage.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicecoach.audio.wavfile import read_clip
from voicecoach.errors import VoicecoachError
from voicecoach.language.parser import everything, parse, typed_words
from voicecoach.library.catalogue import read_catalogue
from voicecoach.library.equipment import check_equipment
from voicecoach.library.exercises import Library
from voicecoach.library.liftoscript import read_liftoscript
from voicecoach.library.remembered_names import read_names
from voicecoach.library.routines import read_routine
from voicecoach.runtime.config import settings_of
from voicecoach.runtime.importing import survey
from voicecoach.runtime.journal import replay
from voicecoach.runtime.models import read_manifest
from voicecoach.runtime.scenario import read_scenario
from voicecoach.runtime.unpack import unpack
from voicecoach.store.encoding import FACT_KINDS, decode_fact
from voicecoach.store.exchange.dates import DateOrder
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.source import open_source
from voicecoach.training.shorthand import parse_shorthand
from voicecoach.units import Unit

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LIBRARY = Library()
EVERYTHING = everything()

ROUTINE = b"""# by hand
name = "Mine"
unit = "kg"
rotate = ["A"]
[[workout]]
name = "A"
warmup = "5min"
[[workout.block]]
exercise = "deadlift"
sets = 3
reps = "4-6"
load = "85%"
tempo = "2-0-1-0"
rest = "3min"
vary = ["conventional", "sumo"]
progress = { rule = "double", step = "5lb" }
[[workout.block]]
exercise = "back-extension-hold"
hold = "15-30s"
"""

SCENARIO = b"""routine = "full-back"
workout = "A"
start = 2026-01-05T18:00:00
data = "fresh"
athlete_voice = "en-gb"
echo_db = -30
[[says]]
when = "rep:2"
set = 1
after_ms = 600
text = "done eight"
"""

EXERCISE = b"""id = "sled-push"
name = "sled push"
aliases = ["the sled"]
kind = "reps"
primary = ["quadriceps"]
equipment = ["sled"]
[cues]
setup = ["Grip the posts."]
execute = ["Drive with the legs."]
"""

MANIFEST = b"""schema = "voicecoach.models/1"
[[model]]
name = "vosk-model-small-en-us-0.15"
engine = "vosk"
language = "en-us"
licence = "MIT"
urls = ["https://example.org/model.zip"]
size = 1
sha256 = "%s"
""" % (b"0" * 64)

CATALOGUE = json.dumps(
    [
        {
            "id": "Row",
            "name": "Seated Row",
            "equipment": "cable",
            "primaryMuscles": ["lats"],
            "secondaryMuscles": [],
            "instructions": ["Sit down and pull the handle to you. Let it go slowly."],
            "category": "strength",
        }
    ]
).encode()

JOURNAL = (
    b"""{"schema":"voicecoach.journal/1","version":"0","conversation":"coaching","state":
{"session_id":"s","started_at":"2026-01-05T18:00:00+00:00","plan":{"routine":"t","name":"T",
"workout":"A","blocks":[{"exercise":{"id":"squat","name":"squat"},"sets":[{"target":
{"is":"RepTarget","low":5,"high":5}}]}]}}}""".replace(b"\n", b"")
    + b"""
{"event":{"is":"SessionOpened","at_ms":0}}
{"effects":[]}
{"event":{"is":"IntentHeard","at_ms":900,"intent":{"name":"ready"}}}
"""
)


EXPORTS = (
    (
        b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
        b"2026-07-06 17:59:12,Push,45m,Bench Press (Barbell),W,100,5,0,0,8\n"
    ),
    (
        b"\xef\xbb\xbfWorkout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;"
        b"Weight (kg);Reps;RPE;Distance (meters);Seconds;Notes;Workout Notes\n"
        b'1;2026-07-06 17:59:12;Push;2700;"Bench Press";1;102,5;5;;;;"tight; left";\n'
    ),
    (
        b"title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,"
        b"set_type,weight_kg,reps,distance_km,duration_seconds,rpe\n"
        b'Push,"6 Jul 2026, 17:59","6 Jul 2026, 18:40",,Squat,,,0,warmup,60,5,,,7.5\n'
    ),
    (
        b"Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
        b"2026-07-06,Deadlift,Back,225,lbs,5,,,,\n"
    ),
    (
        b"SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes\n"
        b"1,2026-07-06T17:59:12Z,Plank,0,kg,1,1,\n"
    ),
    b"Dura ();Reps\n",  # a unit that says nothing
    b'{"schema": "voicecoach.log/1", "workouts": [{"key": "a", "sets": []}]}',
)


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model/am/final.mdl", b"\0" * 500)
        archive.writestr("model/conf/mfcc.conf", b"--sample-frequency=16000\n")
    return packed.getvalue()


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        info = tarfile.TarInfo("model/conf/mfcc.conf")
        info.size = 25
        archive.addfile(info, io.BytesIO(b"--sample-frequency=16000\n"))
    return packed.getvalue()


def _wav() -> bytes:
    samples = bytes(range(200))
    return (
        b"RIFF"
        + (36 + len(samples)).to_bytes(4, "little")
        + b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data"
        + len(samples).to_bytes(4, "little")
        + samples
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One door: what belongs there, and what is done with what comes."""

    examples: tuple[bytes, ...]
    take: Callable[[bytes, Path], object]
    """Takes bytes, in a folder of its own; may raise VoicecoachError and nothing else."""


def _file(name: str, take: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    def taken(content: bytes, folder: Path) -> object:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return take(file)

    return taken


def _text(take: Callable[[str], object]) -> Callable[[bytes, Path], object]:
    return lambda content, _: take(content.decode(errors="replace"))


def _own_exercise(file: Path) -> object:
    library = Library(file.parent)
    return library.findings(file.stem), library.exercise(file.stem)


def _unpacked(archive: Path) -> None:
    into = archive.parent / "into"
    into.mkdir(exist_ok=True)
    unpack(archive, into)


def _survey(file: Path) -> None:
    source = open_source(file)
    order = DateOrder.DAY_FIRST if source.evidence() else None
    survey(source, Notation(unit=Unit.KG, order=order), NOW)


def _fact(text: str) -> None:
    kind, _, body = text.partition("\n")
    decode_fact(kind, body)


def _replayed(file: Path) -> None:
    for step in replay(file):
        if not step.same:
            break


TARGETS: dict[str, Target] = {
    "routine": Target(
        examples=(ROUTINE,),
        take=_file("mine.toml", lambda file: read_routine(file, "mine", LIBRARY)),
    ),
    "scenario": Target(examples=(SCENARIO,), take=_file("scenario.toml", read_scenario)),
    "exercise": Target(examples=(EXERCISE,), take=_file("exercises/sled-push.toml", _own_exercise)),
    "equipment": Target(
        examples=(b'unit = "kg"\nbar = 20\nplates = [25, "2x20", 1.25]\nat_hand = ["barbell"]\n',),
        take=_file("equipment.toml", check_equipment),
    ),
    "settings": Target(
        examples=(b'# mine\nmic = "USB"\nrate = 160\nunit = "lb"\n',),
        take=_file("config.toml", lambda file: settings_of(file, environ={})),
    ),
    "manifest": Target(
        examples=(MANIFEST,),
        take=_file("manifest.toml", read_manifest),
    ),
    "archive": Target(examples=(_zip(), _tar()), take=_file("model.zip", _unpacked)),
    "catalogue": Target(examples=(CATALOGUE,), take=_file("exercises.json", read_catalogue)),
    "export": Target(examples=EXPORTS, take=_file("export.csv", _survey)),
    "names": Target(
        examples=(b'"Bench Press (Barbell)" = "bench-press"\n',),
        take=_file("names.toml", lambda file: read_names(file, LIBRARY)),
    ),
    "liftoscript": Target(
        examples=(
            b"# Week 1\n## Day 1\nSquat / 3x8 80% / progress: lp(5lb)\n",
            b"Row / 1x8 80kg 0s, 1x8+ 64kg (Drop) / warmup: 1x5 45lb, 1x3 80% / superset: A\n",
        ),
        take=_text(lambda text: read_liftoscript(text, LIBRARY)),
    ),
    "shorthand": Target(
        examples=(b"deadlift 3x4-6 @ 85% rest 3min tempo 2-0-1-0 progress double 5lb",),
        take=_text(parse_shorthand),
    ),
    "typed": Target(
        examples=(b"eight reps at sixty two point five kilos", b"no, seven", b"done 12 @ 100"),
        take=_text(lambda text: parse(typed_words(text), EVERYTHING)),
    ),
    "fact": Target(
        examples=(
            b'SetVoided\n{"at_ms":1,"set_id":"s/1"}',
            *(f"{kind}\n{{}}".encode() for kind in sorted(FACT_KINDS)),
        ),
        take=_text(_fact),
    ),
    "journal": Target(examples=(JOURNAL,), take=_file("journal.jsonl", _replayed)),
    "sound": Target(examples=(_wav(),), take=_file("sound.wav", read_clip)),
}


def knock(target: Target, content: bytes, folder: Path) -> bool:
    """Bring `content` to a door; return whether it was taken in.

    Raises whatever the door raises that is no error of ours.
    """
    try:
        target.take(content, folder)
    except VoicecoachError:
        return False
    return True
