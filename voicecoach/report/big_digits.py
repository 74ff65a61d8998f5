"""Figures to be read from across the room: digits drawn in blocks."""

from __future__ import annotations

ROWS = 5
_SHAPES = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("   ", "   ", "███", "   ", "   "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
    "?": ("███", "  █", " ██", "   ", " █ "),
}
"""Each character in five rows; a block is half as wide as it is high, so it is drawn twice."""


def big(text: str, scale: int = 1) -> tuple[str, ...] | None:
    """Return `text` in rows of equal length, `scale` times as large; None for other characters."""
    if not text or any(character not in _SHAPES for character in text):
        return None
    rows = []
    for row in range(ROWS):
        parts = (_SHAPES[character][row] for character in text)
        line = (" " * 2 * scale).join(
            "".join(block * 2 * scale for block in part) for part in parts
        )
        rows += [line] * scale
    return tuple(rows)
