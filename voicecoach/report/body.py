"""The body drawn: front and back, each muscle shaded by the hard sets it got.

One half is kept as points and mirrored. The middle of the body is x = 0, the
crown y = 0, the soles y = 420. An outline that begins and ends on the middle
is closed along it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voicecoach.report.markup import Markup, joined, tag

Points = tuple[tuple[float, float], ...]

BODY: Points = (
    (0, 4), (7, 5.5), (12, 11), (13.5, 22), (13, 32), (10.5, 42), (7.5, 50), (8.5, 58), (14, 64),
    (30, 69),
    (42, 72), (50, 80), (54, 94), (56, 110), (58, 126), (60, 142), (64, 158), (66, 174), (65, 192),
    (63, 208), (65, 222), (65, 236), (60, 245), (55, 238), (54, 224), (54, 208), (51, 190),
    (47, 170), (45, 152), (43, 134), (40, 118), (38, 122), (37, 136), (33, 150), (29, 163),
    (30, 176), (34, 190), (38, 206), (40, 226), (39, 250), (36, 274), (31, 298), (31, 312),
    (33, 328), (31, 348), (25, 372), (21, 392), (23, 404), (28, 412), (24, 417), (12, 417),
    (8, 411), (10, 398), (10, 384), (8, 360), (6, 336), (8, 314), (9, 300), (7, 276), (4, 250),
    (2, 228), (0, 222),
)  # fmt: skip
"""The outline of the half, with the head: what no muscle covers."""

BACK: Mapping[str, tuple[Points, ...]] = {
    "latissimus-dorsi": (
        ((4, 132), (9, 121), (20, 112), (30, 115), (38, 117), (38, 130), (34, 147), (28, 160),
         (19, 170), (9, 181), (6, 170), (5, 150)),
    ),
    "trapezius": (
        ((0, 46), (6, 50), (8, 59), (15, 66), (28, 70), (38, 73), (33, 78), (20, 82), (12, 92),
         (7, 110), (3, 128), (0, 138)),
    ),
    "rear-deltoids": (
        ((34, 77), (43, 75), (50, 82), (53, 95), (51, 105), (46, 103), (40, 92)),
    ),
    "infraspinatus": (
        ((23, 84), (32, 80), (38, 91), (40, 101), (33, 104), (24, 103), (22, 93)),
    ),
    "rhomboids": (
        ((13, 94), (20, 85), (20.5, 96), (21, 107), (13, 113), (9, 117), (10, 106)),
    ),
    "teres-major": (
        ((24, 106), (33, 106.5), (40.5, 104), (42, 110), (38, 114.5), (29, 112.5)),
    ),
    "triceps": (
        ((45, 107), (51, 108), (54.5, 104), (57, 122), (58, 138), (54, 149), (48, 144), (45, 128),
         (43, 116)),
    ),
    "forearms": (
        ((47, 152), (53, 152), (59, 149), (63.5, 164), (64, 182), (61, 204), (56, 205), (52, 186),
         (48, 168)),
    ),
    "erector-spinae": (
        ((0, 141), (3, 134), (4.5, 152), (6, 174), (9, 185), (14, 190), (9, 198), (0, 204)),
    ),
    "external-obliques": (
        ((28, 163), (28, 174), (31, 184), (25, 186), (16, 187), (12, 183), (20, 172)),
    ),
    "gluteus-medius": (
        ((17, 190), (26, 188), (33, 190), (37, 205), (37, 212), (29, 203), (19, 197)),
    ),
    "gluteus-maximus": (
        ((1.2, 206), (10, 200), (18, 199), (29, 206), (37, 216), (37, 228), (30, 237), (18, 241),
         (7, 238), (1.5, 228)),
    ),
    "adductors": (
        ((3.5, 240), (7, 242), (9, 258), (9.5, 280), (8, 276), (5.5, 258)),
    ),
    "hamstrings": (
        ((9, 243), (19, 245), (31, 240), (37, 234), (37, 252), (34, 274), (29, 295), (25, 302),
         (21, 290), (17, 302), (12, 300), (11.5, 280), (11, 260)),
    ),
    "calves": (
        ((10, 312), (14, 307), (19, 310), (24, 307), (29, 312), (31, 328), (28, 345), (22, 356),
         (19, 350), (15, 360), (10, 346), (8, 330)),
        ((12, 365), (18, 362), (23, 364), (21, 378), (18, 392), (14, 392), (12, 380)),
    ),
}  # fmt: skip

FRONT: Mapping[str, tuple[Points, ...]] = {
    "trapezius": (
        ((8.5, 55), (11, 61), (18, 66), (30, 70), (22, 71.5), (12, 69), (7, 63)),
    ),
    "pectorals": (
        ((1.2, 77), (10, 73), (24, 73), (33, 78), (37, 90), (38, 101), (30, 109), (18, 113),
         (6, 111), (1.2, 107)),
    ),
    "front-deltoids": (
        ((31, 72.5), (39, 73), (44, 78), (45, 90), (43, 102), (39.5, 99), (38, 88), (34, 78)),
    ),
    "side-deltoids": (
        ((46, 77.5), (50, 82), (53.5, 94), (54, 106), (50, 110), (45, 104), (46.5, 91)),
    ),
    "biceps": (
        ((44.5, 106), (50, 113), (54.5, 110), (57, 124), (57, 139), (53, 148), (48, 142),
         (45, 126)),
    ),
    "forearms": (
        ((47, 152), (53, 152), (59, 149), (63.5, 164), (64, 182), (61, 204), (56, 205), (52, 186),
         (48, 168)),
    ),
    "serratus-anterior": (
        ((29, 112), (35, 108), (38, 112), (37, 124), (35, 137), (30, 132), (27, 121)),
    ),
    "abdominals": (
        ((0, 115), (8, 114), (16, 117), (16, 132), (14.5, 150), (14, 168), (12, 186), (6, 206),
         (0, 214)),
    ),
    "external-obliques": (
        ((18.5, 117), (25, 119), (28, 132), (34, 141), (31, 152), (28, 163), (29, 176), (32, 186),
         (25, 191), (16, 190), (16, 170), (17, 150), (18, 132)),
    ),
    "hip-flexors": (
        ((13, 194), (24, 194), (33, 190), (36, 201), (27, 206), (17, 214), (8, 212)),
    ),
    "quadriceps": (
        ((27, 209), (37, 205), (39, 226), (38, 250), (35, 272), (30, 292), (24, 297), (19, 288),
         (14, 296), (11.5, 284), (14, 262), (18, 236), (22, 218)),
    ),
    "adductors": (
        ((3, 222), (8, 216), (18, 217), (17, 234), (13, 256), (10, 276), (7.5, 268), (4.5, 246)),
    ),
    "calves": (
        ((11, 312), (15, 318), (17, 340), (17, 366), (14, 384), (11, 372), (9, 348), (8, 328)),
        ((20, 316), (25, 310), (30, 318), (30, 336), (26, 356), (20, 376), (19, 350)),
    ),
}  # fmt: skip

WIDTH, HEIGHT = 150, 428


def figure(
    muscles: Mapping[str, tuple[Points, ...]], shades: Mapping[str, tuple[int, str]], title: str
) -> Markup:
    """Return one view of the body: `shades` gives each muscle its class, as `shade-3`, and a title.

    A muscle it does not name has shade 0 and no title.
    """
    half = [tag("path", d=_path(BODY), class_="skin")]
    for name, outlines in muscles.items():
        shade, said = shades.get(name, (0, ""))
        path = " ".join(_path(points) for points in outlines)
        half.append(
            tag(
                "path", tag("title", said) if said else None, d=path, class_=f"muscle shade-{shade}"
            )
        )
    drawing = joined(*half)
    return tag(
        "svg",
        tag("title", title),
        tag("g", drawing, transform=f"translate({WIDTH / 2:.0f} 4)"),
        tag("g", drawing, transform=f"translate({WIDTH / 2:.0f} 4) scale(-1 1)"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="body",
    )


def _path(points: Points) -> str:
    """Return a smooth outline through points: a Catmull-Rom spline as cubic Bézier curves."""
    is_closed = points[0][0] != 0 or points[-1][0] != 0
    around = (points[-1], *points, points[0], points[1]) if is_closed else _open(points)
    parts = [f"M{_at(points[0])}"]
    for before, here, there, beyond in zip(
        around, around[1:], around[2:], around[3:], strict=False
    ):
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (beyond[0] - here[0]) / 6, there[1] - (beyond[1] - here[1]) / 6)
        parts.append(f"C{_at(first)} {_at(second)} {_at(there)}")
    return "".join(parts) + "Z"


def _open(points: Points) -> Sequence[tuple[float, float]]:
    return (points[0], *points, points[-1])


def _at(point: tuple[float, float]) -> str:
    return f"{round(point[0], 1):g},{round(point[1], 1):g}"
