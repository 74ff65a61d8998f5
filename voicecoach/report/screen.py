"""The screen of a session: a glance, drawn to fit a terminal of any size."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from voicecoach.report.big_digits import ROWS as BIG_ROWS
from voicecoach.report.big_digits import big
from voicecoach.report.glance import Glance, Mood

NARROW = 44  # columns under which two things no longer stand on one line
LOW = 12  # rows under which only the exercise stands above the figure
COACH_ROWS, SAY_ROWS = 3, 2
LARGE, LARGER = (40, 17), (100, 32)  # columns and rows from which figures are drawn large

ACCENTS = {Mood.WORK: "bold green", Mood.ANSWER: "bold magenta", Mood.WAIT: "bold"}
"""Colours of the terminal's own palette that can be read on light and on dark."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What a screen is drawn with."""

    block: str
    gone: str
    dot: str


UNICODE, ASCII = Glyphs("█", "░", "·"), Glyphs("#", "-", "|")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Return what a terminal of that encoding can show."""
    try:
        "█░·–".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def screen(glance: Glance, columns: int, rows: int, glyphs: Glyphs = UNICODE) -> Text:
    """Return `glance` as exactly `rows` lines of at most `columns` cells.

    Where there is little room what is least looked at goes first: the
    conversation, what can be said, what the coach said.
    """
    columns, rows = max(1, columns), max(1, rows)
    accent = ACCENTS[glance.mood]
    parts = [
        [Text(line, "bold reverse") for line in _wrapped(glance.notice, columns, 3)],
        _head(glance, columns, short=rows < LOW),
        _body(glance, columns, rows, glyphs, accent),
    ]
    spare = rows - sum(map(len, parts))
    for part in (
        _heard(glance, columns),
        _coach(glance, columns),
        _can_say(glance, columns, glyphs),
    ):
        if len(part) <= spare:
            parts.append(part)
            spare -= len(part)
    lines = _spaced([part for part in parts if part], spare)
    free = rows - len(lines) - 1
    if glance.lines and free > 1:
        lines += [Text(""), *(Text(line, "dim") for line in glance.lines[-free:])]
    lines = (lines + [Text("")] * rows)[:rows]
    for line in lines:
        line.truncate(columns, overflow="ellipsis")
        if glyphs is ASCII:
            line.plain = line.plain.translate(_PLAIN).encode("ascii", "replace").decode()
    return Text("\n").join(lines)


_PLAIN = str.maketrans("·–−…×", "|--.x")
"""What ASCII has in the place of what we write; as long, so that nothing moves."""


def _spaced(parts: list[list[Text]], spare: int) -> list[Text]:
    """Return the lines of `parts`, an empty one between them as long as there is room."""
    lines: list[Text] = []
    gaps = min(spare, len(parts) - 1)
    for number, part in enumerate(parts):
        if number and number <= gaps:
            lines.append(Text(""))
        lines += part
    return lines


def _pair(left: str, right: str, columns: int, left_style: str, right_style: str) -> list[Text]:
    """Return two texts at the ends of a line, or below each other where that is too narrow."""
    if columns < NARROW or cell_len(left) + cell_len(right) + 2 > columns:
        return [
            Text(text, style) for text, style in ((left, left_style), (right, right_style)) if text
        ]
    line = Text(left, left_style)
    line.append(" " * (columns - cell_len(left) - cell_len(right)))
    return [line.append(right, right_style)]


def _head(glance: Glance, columns: int, *, short: bool) -> list[Text]:
    exercise = _pair(glance.exercise, glance.place, columns, "bold", "")
    if short:
        return exercise[:1]
    return [
        *_pair(glance.title, glance.clock, columns, "dim", "dim"),
        *exercise,
        *([Text(glance.target, "dim")] if glance.target else []),
    ]


def _body(glance: Glance, columns: int, rows: int, glyphs: Glyphs, accent: str) -> list[Text]:
    """Return figure, caption and bar; as many lines whatever they hold, so that nothing jumps."""
    scale = _scale(columns, rows)
    drawn = big(glance.figure, scale) if scale else None
    if drawn is not None and cell_len(drawn[0]) > columns:
        drawn = None
    figure = drawn or (glance.figure,)
    height = BIG_ROWS * scale or 1
    figure = (*figure, *("" for _ in range(height - len(figure))))
    body = [Text(_middle(line.replace("█", glyphs.block), columns), accent) for line in figure]
    caption = _wrapped(glance.caption, columns, 1) or [""]
    body.append(Text(_middle(caption[0], columns), accent))
    body.append(Text("") if glance.left is None else _bar(glance.left, columns, glyphs, accent))
    return body


def _scale(columns: int, rows: int) -> int:
    """Return how large figures are drawn; 0 for as plain text."""
    for scale, (wide, high) in ((2, LARGER), (1, LARGE)):
        if columns >= wide and rows >= high:
            return scale
    return 0


def _bar(left: float, columns: int, glyphs: Glyphs, style: str) -> Text:
    width = max(1, min(columns, 72))
    full = round(width * min(1.0, max(0.0, left)))
    bar = Text(" " * ((columns - width) // 2))
    return bar.append(glyphs.block * full, style).append(glyphs.gone * (width - full), "dim")


def _heard(glance: Glance, columns: int) -> list[Text]:
    heard = glance.heard
    if heard is None:
        return [Text("")]
    remark = f"{heard.certainty:.0%}" if heard.understood else "not understood"
    text = f"You: {heard.words}  ({remark})"
    return [Text(line, "" if heard.understood else "dim") for line in _wrapped(text, columns, 1)]


def _coach(glance: Glance, columns: int) -> list[Text]:
    text = f"Coach: {glance.coach}" if glance.coach else ""
    return _padded([Text(line) for line in _wrapped(text, columns, COACH_ROWS)], COACH_ROWS)


def _can_say(glance: Glance, columns: int, glyphs: Glyphs) -> list[Text]:
    """Return what can be said in two lines, none of it cut in the middle."""
    lines = ["Say: "] if glance.can_say else []
    for number, saying in enumerate(glance.can_say):
        joint = f" {glyphs.dot} " if number else ""
        if cell_len(lines[-1] + joint + saying) <= columns:
            lines[-1] += joint + saying
        elif len(lines) < SAY_ROWS:
            lines.append(saying)
        else:
            break
    return _padded([Text(line, "dim") for line in lines], SAY_ROWS)


def _padded(lines: list[Text], rows: int) -> list[Text]:
    return lines + [Text("")] * (rows - len(lines))


def _wrapped(text: str, columns: int, most: int) -> list[str]:
    """Return `text` in lines of at most `columns` cells, `most` of them; what is more is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= columns:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word if cell_len(word) <= columns else set_cell_size(word, columns)
    if line:
        lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{set_cell_size(lines[most - 1], columns - 1).rstrip()}…"]
    return lines


def _middle(text: str, columns: int) -> str:
    return " " * max(0, (columns - cell_len(text)) // 2) + text
