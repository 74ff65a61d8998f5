"""Names as other apps write them, and the exercises they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import ExchangeError, LibraryError
from voicecoach.library.exercises import Library
from voicecoach.library.naming import (
    Naming,
    Sureness,
    exercise_called,
    own_id,
    read_target,
    written_target,
)
from voicecoach.library.own_exercises import OwnExercises
from voicecoach.library.remembered_names import read_names, remember, write_review
from voicecoach.training.exercise import Implement


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def naming(library: Library) -> Naming:
    return Naming(library)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Bench Press (Barbell)", "bench-press"),
        ("bench  press", "bench-press"),
        ("Press, Bench", "bench-press"),
        ("Squat (Barbell)", "squat"),
        ("Bent Over Row (Barbell)", "barbell-row"),
        ("Bicep Curl (Dumbbell)", "dumbbell-curl"),
        ("Bicep Curl (Barbell)", "barbell-curl"),
        ("Incline Bench Press (Dumbbell)", "incline-dumbbell-press"),
        ("Shoulder Press (Dumbbell)", "dumbbell-shoulder-press"),
        ("DB Row", "dumbbell-row"),
        ("Pull Ups", "pull-up"),
        ("Pullup", "pull-up"),
        ("Pull Up (Weighted)", "pull-up (weighted)"),
        ("Press-ups", "push-up"),
        ("Sumo Deadlift (Barbell)", "deadlift (sumo)"),
        ("Trap Bar Deadlift", "deadlift (hex-bar)"),
        ("Triceps Extension (Dumbbell)", "overhead-triceps-extension"),
        ("Reverse Flyes (Dumbbell)", "rear-delt-fly"),
        ("deadlift (sumo)", "deadlift (sumo)"),
        ("lat-pulldown", "lat-pulldown"),
    ],
)
def test_the_same_words_in_any_order_are_sure(naming: Naming, name: str, written: str) -> None:
    match = naming.match(name)
    assert (match.written, match.sureness) == (written, Sureness.SURE)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Benhc Press", "bench-press"),
        ("Romanian Dedlift", "romanian-deadlift"),
        ("Flat Barbell Bench Press", "bench-press"),
        ("Conventional Deadlift (Barbel)", "deadlift"),
    ],
)
def test_typing_errors_and_idle_words_are_likely(naming: Naming, name: str, written: str) -> None:
    match = naming.match(name)
    assert match.exercise == written
    assert match.sureness in (Sureness.LIKELY, Sureness.SURE)


@pytest.mark.parametrize(
    ("name", "own", "nearest"),
    [
        ("Pull Up (Assisted)", "pull-up-assisted", "pull-up"),
        ("Bench Press (Smith Machine)", "bench-press-smith-machine", "bench-press"),
        ("Lateral Raise (Cable)", "lateral-raise-cable", "lateral-raise"),
        ("Decline Bench Press (Barbell)", "decline-bench-press-barbell", "bench-press"),
        ("Zercher Carry", "zercher-carry", ""),
        ("Жим лёжа", "жим-лёжа", ""),
        ("!!!", "unnamed", ""),
    ],
)
def test_what_only_resembles_an_exercise_stays_apart(
    naming: Naming, name: str, own: str, nearest: str
) -> None:
    match = naming.match(name)
    assert (match.exercise, match.sureness, match.nearest) == (own, Sureness.NONE, nearest)


def test_what_the_lifter_settled_goes_before_everything(library: Library) -> None:
    settled = Naming(library, {"Bench Press (Barbell)": ("deadlift", "sumo")})
    match = settled.match("bench press (barbell)")
    assert (match.written, match.sureness) == ("deadlift (sumo)", Sureness.SAID)


def test_every_exercise_is_written_so_that_it_is_found_again(
    library: Library, naming: Naming
) -> None:
    for exercise in library:
        for variation in (None, *(one.id for one in exercise.variations)):
            name = naming.written(exercise.id, variation)
            match = naming.match(name)
            assert (match.exercise, match.variation) == (exercise.id, variation), name


@pytest.mark.parametrize(
    ("exercise", "variation", "name"),
    [
        ("bench-press", None, "Bench Press (Barbell)"),
        ("lat-pulldown", None, "Lat Pulldown (Cable)"),
        ("pull-up", None, "Pull-up"),
        ("deadlift", "sumo", "Sumo Deadlift (Barbell)"),
        ("dumbbell-row", None, "Dumbbell Row"),
        ("hammer-strength-row", None, "Hammer Strength Row"),
        ("жим-лёжа", None, "Жим Лёжа"),
    ],
)
def test_names_are_written_as_other_apps_write_them(
    naming: Naming, exercise: str, variation: str | None, name: str
) -> None:
    assert naming.written(exercise, variation) == name
    assert naming.match(name).exercise == exercise


def test_a_target_is_written_and_read() -> None:
    for target in (("deadlift", "sumo"), ("bench-press", None)):
        assert read_target(written_target(target)) == target


def test_what_is_settled_is_remembered_beside_what_was(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "config" / "names.toml"
    assert read_names(file, library) == {}
    remember(file, {"Bankdrücken": ("bench-press", None)}, library)
    remember(file, {'A "b" = c.d': ("deadlift", "sumo")}, library)
    remember(file, {"Bankdrücken": ("dumbbell-bench-press", None)}, library)
    assert read_names(file, library) == {
        "Bankdrücken": ("dumbbell-bench-press", None),
        'A "b" = c.d': ("deadlift", "sumo"),
    }


def test_a_review_is_given_back_as_it_was_written(
    library: Library, naming: Naming, tmp_path: Path
) -> None:
    names = ["Squat (Barbell)", "Pull Up (Assisted)", "Pull Up (Weighted)", "Жим лёжа"]
    matches = [naming.match(name) for name in names]
    file = tmp_path / "review.toml"
    write_review(file, [(match, 3) for match in matches])
    given_back = read_names(file, library)
    assert given_back == {m.name: (m.exercise, m.variation) for m in matches}
    assert '# own name, 3 sets; nearest: "pull-up"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "problem", "remedy"),
    [
        ('"Bench" = "bench-pres"', "no exercise 'bench-pres'", "did you mean bench-press?"),
        ('"Bench" = "deadlift (sumoo)"', "no variation 'sumoo'", "did you mean sumo?"),
        ('"Bench" = 7', "is not a text", "quotes"),
        ("Bench press = 7", "not TOML", "mend that line"),
        ('"Bench" = ""', "is not a line", "shorten"),
    ],
)
def test_a_mistake_in_a_file_of_names_is_told_with_its_line(
    library: Library, tmp_path: Path, line: str, problem: str, remedy: str
) -> None:
    file = tmp_path / "names.toml"
    file.write_text(f"# mine\n{line}\n", encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        read_names(file, library)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert caught.value.place == f"{file}:2"


def test_an_unknown_name_can_become_an_exercise_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    OwnExercises(Library(folder), folder).add(exercise_called("Smith Press (Machine)"))
    added = Library(folder).exercise(own_id("Smith Press (Machine)"))
    assert (added.name, added.implement) == ("smith press machine", Implement.MACHINE)
    assert Naming(Library(folder)).match("Smith Press (Machine)").exercise == added.id
    with pytest.raises(LibraryError, match="cannot be said"):
        exercise_called("Жим лёжа")
