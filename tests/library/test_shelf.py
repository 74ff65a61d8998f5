"""Routines of one's own: made, added to, copied, removed, used, and never half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import LibraryError, RoutineError, UnitError, VoicecoachError
from voicecoach.library.blocks import block_of_line, block_toml, exercise_called
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.library.shelf import RoutineShelf
from voicecoach.training.prescription import CountMode, HoldRange, ProgressRule, RepTarget
from voicecoach.training.routine import Block, BodyweightLoad
from voicecoach.units import Unit

LIBRARY = Library()
BUILT_IN = Routines(LIBRARY)

COMMENTED = """\
# My own routine, with remarks.
name = "Mine"
rotate = ["A", "B"]   # in turn

# The heavy day.
[[workout]]
name = "A"

[[workout.block]]
exercise = "squat"    # deep!
reps = 5

# The light day,
# after two days of rest.
[[workout]]
name = "B"

[[workout.block]]
exercise = "plank"
hold = "20-60s"
# A last remark.
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "routines"


@pytest.fixture
def shelf(directory: Path) -> RoutineShelf:
    return RoutineShelf(LIBRARY, directory)


@pytest.fixture
def mine(directory: Path) -> Path:
    directory.mkdir()
    file = directory / "mine.toml"
    file.write_text(COMMENTED, encoding="utf-8")
    return file


def block(line: str) -> Block:
    return block_of_line(line, LIBRARY)


# A block from a line


def test_an_exercise_answers_to_what_people_call_it() -> None:
    called = [exercise_called(name, LIBRARY).id for name in ("bench", "R D L", "Pull ups", "squat")]
    assert called == ["bench-press", "romanian-deadlift", "pull-up", "squat"]


@pytest.mark.parametrize(
    ("line", "sets", "target", "rest_s", "rule"),
    [
        ("squat", 3, RepTarget(8, 12), 120, "double"),
        ("squat 3x4-6", 3, RepTarget(4, 6), 180, "double"),
        ("squat 5x5", 5, RepTarget(5, 5), 180, "linear"),
        ("push-up", 3, RepTarget(8, 12), 90, "double"),
        ("plank", 3, HoldRange(20, 40), 90, "hold"),
        ("squat 3x5 @ RPE 8", 3, RepTarget(5, 5), 180, "rpe"),
        ("squat 3x5 @ 80%", 3, RepTarget(5, 5), 180, "percent"),
        ("squat 3x5 @ 80% rest 1min progress none", 3, RepTarget(5, 5), 60, "none"),
    ],
)
def test_what_a_line_leaves_out_is_as_is_usual(
    line: str, sets: int, target: RepTarget | HoldRange, rest_s: int, rule: str
) -> None:
    made = block(line)
    assert (made.sets, made.reps or made.hold, made.rest_s) == (sets, target, rest_s)
    assert made.progress == ProgressRule(rule=rule)


def test_a_tempo_is_counted_aloud_by_the_coach() -> None:
    assert block("squat 3x5 tempo 3-0-1-0").count is CountMode.PACED
    assert block("squat 3x5").count is CountMode.FREE


def test_the_body_is_its_own_load() -> None:
    assert block("pull-up").load == BodyweightLoad()
    assert block("squat").load is None


def test_variations_go_by_any_of_their_names() -> None:
    assert block("deadlift vary sumo, trap bar, Romanian deadlift").vary == (
        "sumo",
        "hex-bar",
        "romanian-deadlift",
    )


@pytest.mark.parametrize(
    ("line", "kind", "remedy"),
    [
        ("deadlfit 3x5", LibraryError, "did you mean deadlift?"),
        ("deadlift vary sumi", LibraryError, "did you mean sumo?"),
        ("plank 3x5", UnitError, "3x20-40s"),
        ("squat 3x20s", UnitError, "3x8-12"),
    ],
)
def test_a_slip_in_a_line_is_told_with_its_remedy(
    line: str, kind: type[VoicecoachError], remedy: str
) -> None:
    with pytest.raises(kind) as refused:
        block(line)
    assert remedy in str(refused.value)


@pytest.mark.parametrize("routine", [file.id for file in BUILT_IN.files()])
def test_a_routine_written_anew_from_its_blocks_is_the_same_routine(
    routine: str, shelf: RoutineShelf, directory: Path
) -> None:
    before = BUILT_IN.load(routine)
    workouts = [(one.name, one.blocks) for one in before.workouts]
    shelf.new("again", workouts, before.unit)
    after = Routines(LIBRARY, directory).load("again")
    assert [one.blocks for one in after.workouts] == [one.blocks for one in before.workouts]


def test_loads_are_written_in_the_routine_s_unit() -> None:
    assert 'load = "225lb"' in block_toml(block("squat 3x5 @ 225lb"), Unit.KG)
    assert 'load = "100kg"' in block_toml(block("squat 3x5 @ 100kg"), Unit.KG)


# Making and changing


def test_the_first_block_makes_the_routine(shelf: RoutineShelf, directory: Path) -> None:
    made = shelf.add("My Legs", block("squat 5x5"))
    assert (made.id, made.file) == ("my-legs", directory / "my-legs.toml")
    routine = Routines(LIBRARY, directory).load("my legs")
    assert routine.name == "My Legs"
    assert [one.exercise for one in routine.workouts[0].blocks] == ["squat"]


@pytest.mark.parametrize(
    ("workout", "after", "before"),
    [
        ("a", "reps = 5\n", "# The light day,\n# after two days of rest.\n"),
        ("B", "# A last remark.\n", ""),
        (None, "# A last remark.\n", ""),
    ],
)
def test_a_block_is_added_and_every_other_line_stays_as_it_was(
    shelf: RoutineShelf, mine: Path, workout: str | None, after: str, before: str
) -> None:
    shelf.add("mine", block("crunch"), workout=workout)
    text = mine.read_text(encoding="utf-8")
    new = block_toml(block("crunch"), Unit.KG)
    assert f"{after}\n{new}{before and chr(10)}{before}" in text
    assert text.replace("\n" + new, "", 1) == COMMENTED


def test_a_day_is_added_to_a_routine_without_a_fixed_order(
    shelf: RoutineShelf, directory: Path
) -> None:
    shelf.add("mine", block("squat"))
    shelf.add("mine", block("bench"), workout="Push")
    assert Routines(LIBRARY, directory).load("mine").order == ("A", "Push")


def test_a_day_that_the_order_does_not_name_is_refused(shelf: RoutineShelf, mine: Path) -> None:
    with pytest.raises(RoutineError, match="has no workout 'C'; put its name into rotate first"):
        shelf.add("mine", block("squat"), workout="C")
    assert mine.read_text(encoding="utf-8") == COMMENTED


def test_a_routine_written_in_one_line_is_not_added_to(shelf: RoutineShelf, mine: Path) -> None:
    tight = 'name = "x"\nworkout = [{ name = "A", block = [{ exercise = "squat", reps = 5 }] }]\n'
    mine.write_text(tight, encoding="utf-8")
    with pytest.raises(RoutineError, match="too tightly"):
        shelf.add("mine", block("squat"))
    assert mine.read_text(encoding="utf-8") == tight


def test_a_copy_keeps_the_comments_and_has_a_name_of_its_own(
    shelf: RoutineShelf, mine: Path
) -> None:
    shelf.copy("mine", "Mein Rücken")
    text = mine.with_name("mein-rücken.toml").read_text(encoding="utf-8")
    assert text == COMMENTED.replace('name = "Mine"', 'name = "Mein Rücken"')


@pytest.mark.parametrize("routine", [file.id for file in BUILT_IN.files()])
def test_every_built_in_routine_can_be_copied(
    routine: str, shelf: RoutineShelf, directory: Path
) -> None:
    shelf.copy(routine, "copied")
    copied = Routines(LIBRARY, directory).load("copied")
    assert copied.workouts == BUILT_IN.load(routine).workouts


def test_a_built_in_routine_stays_as_it_is(shelf: RoutineShelf) -> None:
    with pytest.raises(RoutineError, match="voicecoach routine copy full-back my-full-back"):
        shelf.add("full-back", block("squat"))
    with pytest.raises(RoutineError, match="built in"):
        shelf.remove("full-back")


def test_a_name_that_is_taken_is_refused(shelf: RoutineShelf, mine: Path) -> None:
    for name in ("mine", "Full Back"):
        with pytest.raises(RoutineError, match="already"):
            shelf.copy("lower-back", name)
    assert mine.read_text(encoding="utf-8") == COMMENTED


NASTY = ["../mine", "a/b", "..", "", "🏋️", "a" * 10_000, "$(reboot)", "x\x00y", "a;b", "-rf"]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_never_leads_out_of_the_directory(
    name: str, shelf: RoutineShelf, tmp_path: Path
) -> None:
    with pytest.raises(RoutineError) as refused:
        shelf.add(name, block("squat"))
    assert len(str(refused.value)) < 300
    assert list(tmp_path.rglob("*.toml")) == []


def test_what_has_mistakes_is_not_put_in_place(shelf: RoutineShelf, mine: Path) -> None:
    with pytest.raises(RoutineError) as refused:
        shelf.put("mine", COMMENTED.replace("squat", "sqat").replace("reps = 5", "reps = -5"))
    assert len(refused.value.findings) == 2
    assert mine.read_text(encoding="utf-8") == COMMENTED
    assert [file.name for file in mine.parent.iterdir()] == ["mine.toml"]


def test_a_file_from_elsewhere_is_taken_in_byte_for_byte(
    shelf: RoutineShelf, tmp_path: Path
) -> None:
    source = tmp_path / "from a friend.toml"
    source.write_text(COMMENTED, encoding="utf-8")
    made = shelf.take_in(source)
    assert made.id == "from-a-friend"
    assert made.file.read_text(encoding="utf-8") == COMMENTED


def test_a_faulty_file_from_elsewhere_is_left_out(
    shelf: RoutineShelf, tmp_path: Path, directory: Path
) -> None:
    source = tmp_path / "wrong.toml"
    source.write_text(COMMENTED.replace("squat", "sqat"), encoding="utf-8")
    with pytest.raises(RoutineError, match=r"wrong.toml:10: .*did you mean squat\?"):
        shelf.take_in(source)
    assert not directory.exists()


# The routine in use


@pytest.mark.usefixtures("mine")
def test_no_routine_is_in_use_until_one_is_chosen(shelf: RoutineShelf) -> None:
    assert shelf.in_use() is None
    shelf.use("lower back")
    assert shelf.in_use() == "lower-back"
    shelf.use("mine")
    assert shelf.in_use() == "mine"


def test_a_routine_that_has_gone_is_not_in_use(shelf: RoutineShelf, mine: Path) -> None:
    shelf.use("mine")
    shelf.remove("mine")
    assert shelf.in_use() is None
    assert not mine.exists()


def test_what_is_no_name_is_not_in_use(shelf: RoutineShelf, mine: Path) -> None:
    (mine.parent / "in-use").write_bytes(b"\xff../..")
    assert shelf.in_use() is None
