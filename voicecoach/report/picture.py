"""A chart as a picture of its own: an SVG that stands alone, and the same as a PNG."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.errors import ConfigError
from voicecoach.report.chart import Drawn, Size, plot
from voicecoach.report.markup import Markup, tag

SIZE = Size(width=800, height=420, letters=13)
HEADING = 52  # above the chart, for its name
ZOOM = 2  # pixels of a PNG for each of the drawing's

STYLE = """
text { font-family: Helvetica, Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans", sans-serif; }
.name { font-size: 19px; font-weight: bold; fill: #17202b; }
.label, .said { fill: #566273; }
.said { font-size: 13px; }
.grid { stroke: #dbe1e8; }
.line { stroke: #0b7a72; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.dot { fill: #0b7a72; }
.bar { fill: #bfd9d6; }
.record { fill: #fff; stroke: #c2570c; stroke-width: 2; }
"""


def picture(points: Sequence[Drawn], title: str, description: str) -> Markup:
    """Return a chart of at least one session as an SVG document on white."""
    height = SIZE.height + HEADING
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        tag("style", Markup(STYLE)),
        tag("rect", width=SIZE.width, height=height, fill="#fff"),
        tag("text", title, x=16, y=28, class_="name"),
        tag("text", description, x=16, y=48, class_="said"),
        tag(
            "g",
            plot(points, SIZE),
            transform=f"translate(0 {HEADING})",
            font_size=SIZE.letters,
        ),
        xmlns="http://www.w3.org/2000/svg",
        width=SIZE.width,
        height=height,
        viewBox=f"0 0 {SIZE.width} {height}",
        role="img",
    )


def png(drawing: Markup) -> bytes:
    """Return a picture as PNG, twice as large.

    Raises:
        ConfigError: what draws it is not installed.
    """
    try:
        import resvg_py  # noqa: PLC0415 - an extra, and only for this
    except ImportError as error:
        msg = "a PNG needs the extra `plots`"
        remedy = "pip install 'voicecoach[plots]', or name a file that ends in .svg"
        raise ConfigError(msg, remedy=remedy) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=ZOOM))
