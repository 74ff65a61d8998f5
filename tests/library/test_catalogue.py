"""Exercises from other catalogues, shortened into what can be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import LibraryError
from voicecoach.library.catalogue import Catalogue, read_catalogue
from voicecoach.library.exercises import Library
from voicecoach.library.own_exercises import OwnExercises, exercise_toml
from voicecoach.library.sayable import faults_of
from voicecoach.library.wording import cues_of, id_of, spoken_name
from voicecoach.training.exercise import Cues, Exercise, ExerciseKind, Implement, Phase

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "free-exercise-db.json"

ROW: dict[str, Any] = {
    "id": "One-Arm_Cable_Row",
    "name": "One-Arm Cable Row (Low)",
    "force": "pull",
    "equipment": "cable",
    "category": "strength",
    "primaryMuscles": ["middle back"],
    "secondaryMuscles": ["lats", "biceps", "middle back"],
    "instructions": [
        "Sit down. This will be your starting position.",
        "Now, pull the handle to your hip as you breathe out.",
        "Repeat for the recommended amount of repetitions.",
    ],
}
WGER: dict[str, Any] = {
    "count": 2,
    "results": [
        {
            "id": 7,
            "uuid": "1b020b3a",
            "muscles": [{"name": "Pectoralis major", "name_en": "Chest"}],
            "muscles_secondary": [{"name": "Triceps brachii", "name_en": ""}],
            "equipment": [{"name": "Dumbbell"}, {"name": "Bench"}],
            "license": {"short_name": "CC-BY-SA 4"},
            "license_author": "someone",
            "translations": [
                {"language": 1, "name": "Fliegende", "description": "<p>Legen Sie sich hin.</p>"},
                {
                    "language": 2,
                    "name": "Floor Fly",
                    "description": "<p>Lie down on the floor</p><ol><li>Open your arms &amp; "
                    "breathe in.</li></ol>",
                    "aliases": [{"alias": "Floor Flyes"}],
                },
            ],
        },
        {"id": 8, "translations": [{"language": 1, "name": "Nur deutsch"}]},
    ],
}


def read(tmp_path: Path, content: object) -> Catalogue:
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return read_catalogue(file)


def test_an_exercise_of_free_exercise_db_is_made_ready_to_coach(tmp_path: Path) -> None:
    (row,) = read(tmp_path, [ROW]).exercises
    assert (row.id, row.name) == ("one-arm-cable-row-low", "one-arm cable row low")
    assert (row.kind, row.implement) == (ExerciseKind.EACH_SIDE, Implement.CABLE)
    assert row.first_phase is Phase.CONCENTRIC
    assert (row.primary, row.secondary) == (("rhomboids",), ("latissimus-dorsi", "biceps"))
    assert tuple(row.cues) == ("Pull the handle to your hip as you breathe out.",)
    assert row.source == "free-exercise-db, One-Arm_Cable_Row, Unlicense"


def test_a_stretch_is_held(tmp_path: Path) -> None:
    (stretch,) = read(tmp_path, [ROW | {"category": "stretching"}]).exercises
    assert stretch.kind is ExerciseKind.HOLD


def test_an_exercise_of_wger_keeps_its_licence_and_author(tmp_path: Path) -> None:
    catalogue = read(tmp_path, WGER)
    (fly,) = catalogue.exercises
    assert (fly.id, fly.aliases) == ("floor-fly", ("floor flyes",))
    assert fly.source == "wger 1b020b3a, someone, CC-BY-SA 4"
    assert (fly.primary, fly.secondary) == (("pectorals",), ("triceps",))
    assert fly.implement is Implement.DUMBBELL
    assert tuple(fly.cues) == ("Lie down on the floor.",)
    assert [(one.name, one.reason) for one in catalogue.left_out] == [
        ("number 8", "has no English text")
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instructions": []}, "has no instructions"),
        ({"instructions": ["Repeat."]}, "has no instruction short enough to be said"),
        ({"name": "180's"}, "has no name that can be said"),
        ({"name": "x" * 200}, "has no name that can be said"),
        ({"name": None}, "has no name that can be said"),
    ],
)
def test_what_cannot_be_coached_is_left_out_with_its_reason(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    catalogue = read(tmp_path, [ROW | changes])
    assert catalogue.exercises == ()
    assert [one.reason for one in catalogue.left_out] == [reason]


def test_an_exercise_that_is_there_twice_is_taken_once(tmp_path: Path) -> None:
    catalogue = read(tmp_path, [ROW, ROW, 3])
    assert len(catalogue.exercises) == 1
    assert [one.reason for one in catalogue.left_out] == ["is there twice", "no exercise"]


@pytest.mark.parametrize("content", ["{", "3", '{"a": 1}', "\x00", "[" * 100_000])
def test_a_file_that_is_no_catalogue_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LibraryError) as refused:
        read_catalogue(file)
    assert refused.value.place == str(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryError, match="cannot be opened"):
        read_catalogue(tmp_path / name)


@pytest.mark.parametrize(
    ("long", "cues"),
    [
        ("Stand up straight.", ("Stand up straight.",)),
        ("Now, push the bar away from you.", ("Push the bar away from you.",)),
        (
            "Lower the bar slowly to your chest, keeping your elbows in and your feet flat.",
            ("Lower the bar slowly to your chest.",),
        ),
        ("Bend to a 90-degree angle.", ("Bend to a ninety degree angle.",)),
        ("At the top.", ()),
        ("Holding the bar with both hands.", ()),
        ("Go down slowly.", ()),  # "go" begins a set
        ("Hold on to the bar.", ()),  # "hold on" pauses it
        ("This will be your starting position.", ()),
        ("Push it (not too hard) away.", ("Push it away.",)),
        ("Use 5 lb @ 3.", ()),
    ],
)
def test_instructions_become_cues_that_can_be_said(long: str, cues: tuple[str, ...]) -> None:
    assert cues_of([long]) == cues


@given(st.lists(st.text(max_size=200), max_size=5))
def test_whatever_is_written_only_what_can_be_said_becomes_a_cue(instructions: list[str]) -> None:
    cues = cues_of(instructions)
    assert len(cues) <= 6
    assert all(not faults_of(cue) for cue in cues)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3/4 Sit-Up", "three quarter sit-up"),
        ("Child's Pose", "childs pose"),
        ("Front Squat (Clean Grip)", "front squat clean grip"),
        ("90/90 Hamstring", "ninety ninety hamstring"),
        ("Émile's Row", "emiles row"),
        ("🏋️", ""),
        ("", ""),
    ],
)
def test_names_are_made_sayable(written: str, said: str) -> None:
    assert spoken_name(written) == said


@pytest.mark.parametrize("name", ["../../etc", "a/b", "..", "x\x00y", "Plank; rm -rf"])
def test_an_id_never_leads_out_of_the_directory(name: str) -> None:
    assert set(id_of(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


# Exercises of one's own

OWN = Exercise(
    id="sled-push",
    name="sled push",
    plural="sled pushes",
    aliases=("prowler",),
    implement=Implement.PLATE,
    first_phase=Phase.CONCENTRIC,
    primary=("quadriceps",),
    secondary=("calves",),
    equipment=("sled",),
    cues=Cues(setup=("Hands on the posts.",), execute=("Drive with short steps.",)),
    lower_body=True,
    source="own",
)


@pytest.fixture
def own(tmp_path: Path) -> OwnExercises:
    return OwnExercises(Library(tmp_path), tmp_path)


def test_an_exercise_is_read_as_it_was_written(own: OwnExercises, tmp_path: Path) -> None:
    assert own.add(OWN) == tmp_path / "sled-push.toml"
    assert Library(tmp_path).exercise("sled-push") == OWN


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": "deadlift"}, "is there already, as deadlift"),
        ({"name": "Pull ups"}, "is there already, as pull-up"),
        ({"aliases": ("bench",)}, "is there already, as bench-press"),
        ({"id": ""}, "cannot be one"),
        ({"id": "../x"}, "cannot be one"),
        ({"primary": ("quads",)}, "there is no muscle 'quads'; did you mean quadriceps?"),
        ({"cues": Cues(execute=("Go!",))}, "the cue 'Go!' is not a sentence"),
        ({"cues": Cues(execute=("Stop at the top.",))}, "says 'stop'"),
    ],
)
def test_an_exercise_that_would_confuse_the_coach_is_refused(
    own: OwnExercises, tmp_path: Path, changes: dict[str, Any], problem: str
) -> None:
    fields = {name: getattr(OWN, name) for name in OWN.__slots__} | changes
    with pytest.raises(LibraryError) as refused:
        own.add(Exercise(**fields))
    assert problem in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_taking_in_twice_adds_nothing(own: OwnExercises, tmp_path: Path) -> None:
    catalogue = read(tmp_path, [ROW])
    added, left_out = own.take_in(catalogue)
    assert ([one.id for one in added], left_out) == (["one-arm-cable-row-low"], ())
    again, left_out = OwnExercises(Library(tmp_path), tmp_path).take_in(catalogue)
    assert again == ()
    assert [one.reason for one in left_out] == ["is there already, as one-arm-cable-row-low"]


@pytest.mark.skipif(not REAL.exists(), reason="needs free-exercise-db.json beside the repository")
def test_free_exercise_db_comes_in_and_those_without_instructions_are_named(
    own: OwnExercises, tmp_path: Path
) -> None:
    catalogue = read_catalogue(REAL)
    assert len(catalogue.exercises) + len(catalogue.left_out) == 873
    without = {one.name for one in catalogue.left_out if one.reason == "has no instructions"}
    assert without == {
        "Iron Cross",
        "One-Arm Kettlebell Swings",
        "Push Press",
        "Side Bridge",
        "Side Jackknife",
    }
    added, _ = own.take_in(catalogue)
    library = Library(tmp_path)
    assert all(library.exercise(one.id) == one for one in added)
    assert all(not faults_of(cue) for one in added for cue in one.cues)
    assert len(added) > 750


def test_only_ascii_quotes_are_written_and_all_is_escaped() -> None:
    text = exercise_toml(Exercise(id="x", name='a "b" \\ c'))
    assert 'name = "a \\"b\\" \\\\ c"' in text
