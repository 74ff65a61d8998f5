"""Markup from calls: whatever is not markup already is escaped, so nothing can be forgotten."""

from __future__ import annotations

from html import escape


class Markup(str):
    """Text that is HTML or SVG already."""

    __slots__ = ()


_EMPTY = frozenset({"meta", "br", "link", "col"})  # of HTML: they have no end


def tag(name: str, /, *children: Markup | str | float | None, **attributes: object) -> Markup:
    """Return an element: `tag("rect", x=1, stroke_width=2, class_="bar")`.

    Underscores of attributes are hyphens, one at the end is dropped. An
    attribute that is None or False is left out; one that is True has no value.
    """
    written = "".join(
        f" {_attribute(key, value)}"
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _EMPTY:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: Markup | str | float | None) -> Markup:
    """Return children one after the other, those that are no markup escaped."""
    return Markup("".join(_written(child) for child in children if child is not None))


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return name if value is True else f'{name}="{_written(value)}"'


def _written(value: object) -> str:
    match value:
        case Markup():
            return value
        case float():
            return f"{value:.2f}".rstrip("0").rstrip(".")
        case _:
            return escape(_visible(str(value)))


def _visible(text: str) -> str:
    """Return `text` without control characters, which neither HTML nor XML can hold."""
    return "".join(
        one if one.isprintable() or one in "\n\t" else "\N{REPLACEMENT CHARACTER}" for one in text
    )
