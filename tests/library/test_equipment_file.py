"""What the lifter owns, as its file says it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from voicecoach.errors import ConfigError
from voicecoach.library.equipment import THINGS, Owned, change_equipment, read_equipment
from voicecoach.library.exercises import Library
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, Plates, Steps, loadable
from voicecoach.units import Load, Unit

GARAGE = """\
# what stands in the garage
unit = "kg"
bar = 15            # the light one
collar = 0.25
plates = [20, "2x10", 5, 2.5, 1.25]
dumbbells = ["2-10 by 2", 12.5]
at_hand = ["barbell", "dumbbells"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "equipment.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_is_known_before_anything_was_said(file: Path) -> None:
    assert read_equipment(file) == Owned()


def test_the_file_says_what_loads_are_made_of(file: Path) -> None:
    owned = read_equipment(written(file, GARAGE))
    assert owned.equipment is not None
    assert owned.equipment.bare(Implement.BARBELL) == Decimal("15.5")
    assert owned.equipment.plates[:2] == (Plates(Decimal(20), 1), Plates(Decimal(10), 2))
    assert owned.equipment.dumbbells[1] == Steps(Decimal("12.5"), Decimal("12.5"), Decimal(1))
    assert owned.equipment.cable == Equipment.usual(Unit.KG).cable  # of which it says nothing
    assert loadable(Implement.DUMBBELL, owned.equipment)[-2:] == (Load.kg(10), Load.kg("12.5"))


def test_a_bar_from_elsewhere_is_told_in_its_own_unit(file: Path) -> None:
    text = 'unit = "kg"\nbar = "45lb"\nplates = [20, "2x25 lb", "5kg"]\n'
    there = read_equipment(written(file, text)).equipment
    assert there is not None
    assert (there.bar, there.plates[1]) == (Decimal("20.41"), Plates(Decimal("11.34"), 2))
    assert loadable(Implement.BARBELL, there)[:2] == (Load.kg("20.41"), Load.kg("30.41"))


def test_what_is_at_hand_says_nothing_of_weights(file: Path) -> None:
    owned = read_equipment(written(file, 'at_hand = ["barbell"]\n'))
    assert owned == Owned(equipment=None, at_hand=("barbell",))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("bar = 20", ": unit is missing; write unit ="),
        ('unit = "stone"', ":1: unit = 'stone' is not known"),
        ('unit = "kg"\nbar = "heavy"', ":2: bar: 'heavy' cannot be read; write a weight"),
        ('unit = "kg"\nbar = -20', ":2: bar: -20 cannot be read"),
        ('unit = "kg"\nbar = nan', ":2: bar: nan cannot be read"),
        ('unit = "kg"\nbar = 20.125', ":2: bar: 20.125 cannot be read"),
        ('unit = "kg"\nplates = 20', ":2: plates: 20 is not a list"),
        ('unit = "kg"\nplates = [0]', ":2: plates: 0 cannot be read"),
        ('unit = "kg"\nplates = ["50x20"]', ":2: plates: 50 pairs of 20 are not within 1 and 20"),
        ('unit = "kg"\nplates = ["0x20"]', ":2: plates: 0 pairs of 20 are not within 1 and 20"),
        ('unit = "kg"\ndumbbells = []', ":2: dumbbells: the list is empty; take the key out"),
        ('unit = "kg"\ncable = "50-5 by 5"', ":2: cable: '50-5 by 5' cannot be read"),
        ('unit = "kg"\ncable = "5-50 by 0"', ":2: cable: '5-50 by 0' cannot be read"),
        ('at_hand = ["dumbels"]', ":1: 'dumbels' is no equipment; did you mean dumbbells?"),
        ('unit = "kg"\nplate = [20]', ":2: plate is not a key that is known here; did you mean"),
        ("unit = ", ":1: not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    file: Path, text: str, line: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        read_equipment(written(file, text))
    assert str(raised.value).startswith(f"{file}{line}")


def test_a_change_keeps_the_comments_and_all_the_rest(file: Path) -> None:
    change_equipment(written(file, GARAGE), {"bar": 20, "kettlebells": [16, 24]})
    text = file.read_text(encoding="utf-8")
    assert text.startswith(
        GARAGE.partition("collar")[0].replace("bar = 15            #", "bar = 20            #")
    )
    assert text.endswith("kettlebells = [16, 24]\n")
    owned = change_equipment(file, {"kettlebells": None})
    assert owned == read_equipment(file)
    assert "kettlebells" not in file.read_text(encoding="utf-8")


def test_a_change_with_a_mistake_changes_nothing(file: Path) -> None:
    written(file, GARAGE)
    with pytest.raises(ConfigError, match=r"equipment\.toml:5: plates: 'x' cannot be read"):
        change_equipment(file, {"plates": ["x"]})
    assert file.read_text(encoding="utf-8") == GARAGE


def test_the_first_thing_said_makes_the_file(file: Path) -> None:
    change_equipment(file.parent / "new" / file.name, {"at_hand": ["pull-up bar"]})
    assert read_equipment(file.parent / "new" / file.name).at_hand == ("pull-up bar",)


def test_what_an_exercise_lacks_is_known_by_the_names_exercises_use() -> None:
    assert Owned().lacks(["barbell", "moon"]) == ()  # nobody asked yet
    garage = Owned(at_hand=("barbell", "dumbbells", "incline bench"))
    assert garage.lacks(["barbell", "plates", "bench"]) == ()
    assert garage.lacks(["dumbbell", "mat", "pull-up bar"]) == ("pull-up bar",)
    assert garage.lacks(["leg press machine"]) == ("leg press machine",)
    gym = Owned(at_hand=("machines",))
    assert gym.lacks(["leg press machine"]) == ()
    assert gym.lacks(["cable machine"]) == ("cable machine",)


def test_every_exercise_can_be_done_where_everything_is_at_hand() -> None:
    gym = Owned(at_hand=THINGS)
    for exercise in Library():
        for one in (exercise, *exercise.variations):
            assert gym.lacks(one.equipment) == (), one.name
