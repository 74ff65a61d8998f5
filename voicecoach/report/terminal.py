"""Charts for a terminal: dots of Braille for lines, blocks for bars, ASCII where it has neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicecoach.report.chart import Drawn
from voicecoach.report.scales import Scale, day_ticks, tick_text, value_ticks

BLANK_BRAILLE = 0x2800
# Which bit is which dot, of two columns and four rows: Unicode, Braille Patterns.
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What a chart is drawn with. `blocks` are bars of rising height, the first is none."""

    blocks: str
    best: str
    corner: str
    side: str
    base: str
    track: str
    braille: bool


UNICODE = Glyphs(" ▁▂▃▄▅▆▇█", "●", "└", "│", "─", "·", braille=True)
ASCII = Glyphs(" ._-=*#", "O", "+", "|", "-", ".", braille=False)


PLAIN = str.maketrans({"\N{MULTIPLICATION SIGN}": "x", "\N{MINUS SIGN}": "-", "→": "->", "±": "+-"})
"""The signs of a report, where there is only ASCII."""


def glyphs_for(encoding: str | None) -> Glyphs:
    """Return what a terminal of that encoding can show."""
    try:
        f"{UNICODE.blocks}{UNICODE.best}{UNICODE.corner}⠁".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def as_shown(text: str, glyphs: Glyphs) -> str:
    """Return a report in what the terminal can show."""
    if glyphs is not ASCII:
        return text
    return text.translate(PLAIN).encode("ascii", "replace").decode()


class Canvas:
    """Dots on a grid of characters, two wide and four high in each."""

    def __init__(self, columns: int, rows: int, glyphs: Glyphs) -> None:
        self.columns = columns
        self.rows = rows
        self._glyphs = glyphs
        self._cells = [[0] * columns for _ in range(rows)]
        self._marks: dict[tuple[int, int], str] = {}

    @property
    def width(self) -> int:
        """Dots from left to right."""
        return 2 * self.columns

    @property
    def height(self) -> int:
        """Dots from top to bottom."""
        return 4 * self.rows

    def dot(self, x: int, y: int) -> None:
        """Set a dot; one outside is left out."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self._cells[y // 4][x // 2] |= DOTS[y % 4][x % 2]

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Set the dots from one to another."""
        (x0, y0), (x1, y1) = start, end
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            self.dot(round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps))

    def mark(self, x: int, y: int) -> None:
        """Put the mark of the best in the place of the character that holds a dot."""
        self._marks[y // 4, x // 2] = self._glyphs.best

    def lines(self) -> list[str]:
        """Return the canvas as lines of text."""
        return [
            "".join(
                self._marks.get((row, column)) or self._glyph(cell)
                for column, cell in enumerate(cells)
            )
            for row, cells in enumerate(self._cells)
        ]

    def _glyph(self, cell: int) -> str:
        if not cell:
            return " "
        return chr(BLANK_BRAILLE + cell) if self._glyphs.braille else "*"


def line_chart(points: Sequence[Drawn], width: int, height: int, glyphs: Glyphs) -> list[str]:
    """Return the lines of a chart of at least one point, `width` characters by `height` lines.

    The last two lines are the axis of days. Volume stands beneath the line as bars.
    """
    has_bars = any(point.volume for point in points)
    rows = max(3, height - 2 - has_bars)
    values = [point.value for point in points]
    ticks = value_ticks(min(values), max(values), count=max(1, min(4, rows // 2)))
    margin = max(len(tick_text(tick)) for tick in ticks) + 1
    canvas = Canvas(max(10, width - margin - 2), rows, glyphs)
    across = _across(points, canvas.width)
    up = Scale(ticks[0], ticks[-1], canvas.height - 1, 0)
    spots = [(x, round(up.at(point.value))) for x, point in zip(across, points, strict=True)]
    for start, end in zip(spots, spots[1:] or spots, strict=False):
        canvas.line(start, end)
    canvas.mark(*min(spots, key=lambda spot: spot[1]))
    named = {round(up.at(tick)) // 4: tick_text(tick) for tick in ticks}
    lines = [
        f"{named.get(row, ''):>{margin - 1}} {glyphs.side}{text}"
        for row, text in enumerate(canvas.lines())
    ]
    if has_bars:
        bars = _bars(across, points, canvas.columns, glyphs)
        lines.append(f"{'':{margin}}{glyphs.side}{bars}")
    axis = glyphs.base * canvas.columns
    lines += [f"{'':{margin}}{glyphs.corner}{axis}", _day_labels(points, canvas.columns, margin)]
    return [line.rstrip() for line in lines]


def sparkline(values: Sequence[float], glyphs: Glyphs) -> str:
    """Return a bar a value, from the lowest to the highest."""
    if not values:
        return ""
    low, high = min(values), max(values)
    top = len(glyphs.blocks) - 1
    if high == low:
        return glyphs.blocks[(top + 1) // 2] * len(values)
    scale = Scale(low, high, 1, top)
    return "".join(glyphs.blocks[round(scale.at(value))] for value in values)


def meter(value: float, highest: float, width: int, glyphs: Glyphs) -> str:
    """Return a bar of `value` on a track as long as `highest`."""
    filled = min(width, round(width * value / highest))
    return glyphs.blocks[-1] * filled + glyphs.track * (width - filled)


def _across(points: Sequence[Drawn], width: int) -> list[int]:
    first, last = points[0].day, points[-1].day
    if first == last:
        return [width // 2] * len(points)
    scale = Scale(0, (last - first).days, 0, width - 1)
    return [round(scale.at((point.day - first).days)) for point in points]


def _bars(across: Iterable[int], points: Sequence[Drawn], columns: int, glyphs: Glyphs) -> str:
    """Return the volume as a line of bars: of sessions in one place the highest."""
    heights = [0.0] * columns
    for x, point in zip(across, points, strict=True):
        heights[x // 2] = max(heights[x // 2], point.volume)
    highest = max(heights)
    top = len(glyphs.blocks) - 1
    return "".join(
        glyphs.blocks[max(1, round(top * height / highest)) if height else 0] for height in heights
    )


def _day_labels(points: Sequence[Drawn], columns: int, margin: int) -> str:
    first, last = points[0].day, points[-1].day
    line = [" "] * columns
    free_from = 0
    for day, label in day_ticks(first, last, most=max(2, columns // 14)):
        span = (last - first).days
        middle = round((columns - 1) * ((day - first).days / span if span else 0.5))
        start = min(max(0, middle - len(label) // 2), columns - len(label))
        if start >= free_from:
            line[start : start + len(label)] = label
            free_from = start + len(label) + 1
    return " " * (margin + 1) + "".join(line)
