"""What the lifter owns: `equipment.toml` in the configuration directory, read and changed.

Every key may be left out; then it is as a well-kept gym has it:

    unit = "kg"                            # of every weight below that names none: "45lb" does
    bar = 20
    hex_bar = 25
    collar = 0.25                          # one of the two
    plates = [25, "2x20", 10, 5, 2.5, 1.25]    # each a pair; "2x20" are two pairs
    dumbbells = ["2-10 by 1", "12-40 by 2"]    # the weight of one; or each by itself: 7.5
    kettlebells = [16, 24]
    machine = "5-100 by 5"
    cable = "2.5-60 by 2.5"
    at_hand = ["barbell", "dumbbells", "pull-up bar"]   # what there is at all
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from voicecoach.errors import ConfigError, Finding, UnitError, shown
from voicecoach.library.document import Document, Table
from voicecoach.library.writing import write_whole
from voicecoach.training.loading import Equipment, Plates, Steps
from voicecoach.units import Load, Unit

FILE = "equipment.toml"

THINGS = (
    "barbell", "hex bar", "plates", "squat rack", "bench", "incline bench", "preacher bench",
    "landmine", "dumbbells", "kettlebell", "weight belt", "machines", "cable machine", "band",
    "pull-up bar", "dip bars", "roman chair", "box", "ab wheel",
)  # fmt: skip
"""What can be at hand, by the names that exercises give it."""

EVERYWHERE = frozenset(
    {"mat", "open floor", "wall", "step", "doorway", "anchor for the feet", "bar at hip height"}
)
"""What anybody finds somewhere."""

BRINGS = {
    "barbell": {"plates"},
    "hex bar": {"plates"},
    "dumbbells": {"dumbbell"},
    "incline bench": {"bench"},
    "squat rack": {"bar at hip height"},
}
"""What comes with a thing."""

MOST_WEIGHT = Decimal(1000)
MOST_PAIRS = 20
MOST_KINDS = 20
MOST_STEPS = 500

WEIGHT_FORMS = 'write a weight such as 20, 2.5 or "45lb"'
PLATES_FORMS = 'write each pair, as [20, 10, "2x5"]'
STEPS_FORMS = 'write a weight, or "5-50 by 2.5"'

_WEIGHT = r"\d{1,4}(?:\.\d{1,2})?"
_MARKED = re.compile(rf"({_WEIGHT})\s*(kg|lb)?")
_PAIRS = re.compile(rf"(?:(\d{{1,2}})\s*[x×]\s*)?({_WEIGHT})\s*(kg|lb)?")
_STEPS = re.compile(rf"({_WEIGHT})(?:\s*-\s*({_WEIGHT})\s*by\s*({_WEIGHT}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """What the lifter has said they own.

    `equipment` is None where no weight was ever named: it is then the usual,
    in the unit of whatever is trained. `at_hand` is None where nobody asked.
    """

    equipment: Equipment | None = None
    at_hand: tuple[str, ...] | None = None

    def lacks(self, needed: Iterable[str]) -> tuple[str, ...]:
        """Return those of the `needed` things, as an exercise lists them, that are not at hand."""
        if self.at_hand is None:
            return ()
        there = {*self.at_hand, *EVERYWHERE}
        for thing in self.at_hand:
            there |= BRINGS.get(thing, set())
        return tuple(
            thing
            for thing in needed
            if thing not in there
            and not ("machines" in there and thing.endswith("machine") and thing not in THINGS)
        )


def read_equipment(file: Path) -> Owned:
    """Return what the lifter owns; without a file nothing is known.

    Raises:
        ConfigError: the file has a mistake; the first is named.
    """
    if not file.exists():
        return Owned()
    owned, findings = check_equipment(file)
    if findings:
        raise ConfigError.of(findings)
    return owned


def check_equipment(file: Path, *, file_name: str = "") -> tuple[Owned, tuple[Finding, ...]]:
    """Return what the file says as far as it can be read, and every mistake in it."""
    document = Document(file, file_name=file_name)
    if document.findings:
        return Owned(), tuple(document.findings)
    owned = _owned(document.root)
    return owned, tuple(sorted(document.findings, key=lambda finding: finding.line or 0))


def change_equipment(file: Path, changes: Mapping[str, object]) -> Owned:
    """Write `changes`, TOML values by their key, into the file; None takes a key out.

    The file is made if it is not there, and its comments are kept.

    Raises:
        ConfigError: the file, as it is or as it would be, has a mistake, or it
            cannot be written; nothing was changed.
    """
    import tomlkit  # noqa: PLC0415  # slow, and whoever trains has no need of it

    read_equipment(file)
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig") if file.exists() else "")
    for key, value in changes.items():
        if value is not None:
            document[key] = value
        elif key in document:
            del document[key]
    text = tomlkit.dumps(document).rstrip("\n") + "\n"
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as directory:
        trial = Path(directory) / FILE
        trial.write_text(text, encoding="utf-8", newline="\n")
        owned, findings = check_equipment(trial, file_name=FILE)
        if findings:
            raise ConfigError.of(findings)
    write_whole(file, text, ConfigError)
    return owned


def _owned(table: Table) -> Owned:
    weights = {field.name for field in fields(Equipment)} & set(table)
    unit = table.choice("unit", Unit, Unit.KG)
    if weights and "unit" not in weights:
        table.find(None, "unit is missing", 'write unit = "kg" or unit = "lb" at the top')
    usual, weight = Equipment.usual(unit), partial(_weight, unit=unit)
    equipment = replace(
        usual,
        bar=table.read("bar", weight, usual.bar),
        hex_bar=table.read("hex_bar", weight, usual.hex_bar),
        collar=table.read("collar", weight, usual.collar),
        plates=table.read("plates", partial(_plates, unit=unit), usual.plates),
        dumbbells=table.read("dumbbells", _several, usual.dumbbells),
        kettlebells=table.read("kettlebells", _several, usual.kettlebells),
        machine=table.read("machine", _steps, usual.machine),
        cable=table.read("cable", _steps, usual.cable),
    )
    at_hand = None
    if "at_hand" in table:
        at_hand = table.known("at_hand", THINGS, "equipment", f"known are {', '.join(THINGS)}")
    table.end()
    return Owned(equipment=equipment if weights else None, at_hand=at_hand)


def _weight(value: object, *, unit: Unit) -> Decimal:
    match = _MARKED.fullmatch(_text(value, WEIGHT_FORMS))
    if match is None or Decimal(match[1]) > MOST_WEIGHT:
        raise _unread(value, WEIGHT_FORMS)
    return _in(unit, match[1], match[2])


def _in(unit: Unit, weight: str, marked: str | None) -> Decimal:
    """Return a weight in `unit`, to two decimals where it is marked in the other one."""
    if marked is None or marked == unit.value:
        return Decimal(weight)
    return Load.of(weight, Unit(marked)).to(unit)


def _plates(value: object, *, unit: Unit) -> tuple[Plates, ...]:
    pairs: Counter[Decimal] = Counter()
    for item in _items(value, PLATES_FORMS):
        match = _PAIRS.fullmatch(_text(item, PLATES_FORMS))
        if match is None or not 0 < Decimal(match[2]) <= MOST_WEIGHT:
            raise _unread(item, PLATES_FORMS)
        pairs[_in(unit, match[2], match[3])] += int(match[1] or 1)
    for weight, count in pairs.items():
        if not 1 <= count <= MOST_PAIRS:
            msg = f"{count} pairs of {weight:f} are not within 1 and {MOST_PAIRS}"
            raise UnitError(msg, remedy=PLATES_FORMS)
    if len(pairs) > MOST_KINDS:
        msg = f"{len(pairs)} weights of plates are more than {MOST_KINDS}"
        raise UnitError(msg, remedy="leave out those you do not use")
    return tuple(Plates(weight, pairs[weight]) for weight in sorted(pairs, reverse=True))


def _several(value: object) -> tuple[Steps, ...]:
    items = _items(value, f"{STEPS_FORMS}, in a list")
    if not items:
        msg = "the list is empty"
        raise UnitError(msg, remedy="take the key out, and leave them out of at_hand")
    return tuple(_steps(item) for item in items)


def _steps(value: object) -> Steps:
    match = _STEPS.fullmatch(_text(value, STEPS_FORMS))
    if match is None:
        raise _unread(value, STEPS_FORMS)
    first = Decimal(match[1])
    last, step = Decimal(match[2] or first), Decimal(match[3] or 1)
    if not first <= last <= MOST_WEIGHT or not step or (last - first) / step > MOST_STEPS:
        raise _unread(value, STEPS_FORMS)
    return Steps(first, last, step)


def _items(value: object, forms: str) -> list[object]:
    if isinstance(value, list) and len(value) <= MOST_STEPS:
        return value
    msg = f"{shown(value)} is not a list"
    raise UnitError(msg, remedy=forms)


def _text(value: object, forms: str) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    raise _unread(value, forms)


def _unread(value: object, forms: str) -> UnitError:
    return UnitError(f"{shown(value)} cannot be read", remedy=forms)
