"""The figures of a hearing bench as a page of text, beside those of an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

SHARES = ("understood", "asked", "missed", "wrong")
HEADER: tuple[str, ...] = ("", "total", *SHARES)


def figures(report: Row, before: Row | None = None) -> str:
    """Return a report of voicecoach.hearing/1 in words and columns.

    `before` is an earlier report; each share is followed by its difference
    from that, in points, where both have it.
    """
    parts = []
    for ear in report["recognisers"]:
        rows = [row for row in report["rows"] if row["recogniser"] == ear["name"]]
        old = [row for row in before["rows"] if row["recogniser"] == ear["name"]] if before else []
        parts.append(f"{ear['description']}, legal: {report['state']}")
        for snr in dict.fromkeys(row["snr_db"] for row in rows):
            here = [row for row in rows if row["snr_db"] == snr]
            then = [row for row in old if row["snr_db"] == snr]
            parts.append(_table(level(snr), here, then))
        parts.append("\n".join([*_false_accepts(report, ear["name"]), _speed(ear)]))
    if report["peak_mb"] is not None:
        parts.append(f"{report['peak_mb']:.0f} MB of memory at most")
    return "\n\n".join(parts)


def level(snr_db: float | None) -> str:
    """Return a level of noise in words."""
    return "clean" if snr_db is None else f"{snr_db:g} dB"


def _table(title: str, rows: Sequence[Row], old: Sequence[Row]) -> str:
    lines = [(title, *HEADER[1:])]
    lines.append(_line("all", rows, old))
    for key in ("kind", "voice", "noise"):
        values = sorted({row[key] for row in rows})
        if len(values) > 1:
            lines.append(("",) * len(HEADER))
            for value in values:
                chosen = [row for row in rows if row[key] == value]
                lines.append(_line(value or "-", chosen, [r for r in old if r[key] == value]))
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADER))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip()
        for line in lines
    )


def _line(name: str, rows: Sequence[Row], old: Sequence[Row]) -> tuple[str, ...]:
    total, then = _sum(rows, "total"), _sum(old, "total")
    cells = []
    for column in SHARES:
        share = 100 * _sum(rows, column) / total
        change = f" ({share - 100 * _sum(old, column) / then:+.1f})" if then else ""
        cells.append(f"{share:.1f} %{change}")
    return (f"  {name}", str(total), *cells)


def _sum(rows: Iterable[Row], column: str) -> int:
    return sum(row[column] for row in rows)


def _false_accepts(report: Row, ear: str) -> list[str]:
    lines = []
    for row in report["negatives"]:
        if row["recogniser"] == ear:
            hours = row["seconds"] / 3600
            kind = (
                row["kind"] if row["kind"] == "noise" else f"{row['kind']}, {level(row['snr_db'])}"
            )
            lines.append(
                f"{kind}: {row['false_accepts']} accepted in {60 * hours:.1f} min"
                f" ({row['false_accepts'] / hours:.1f} an hour), {row['destructive']} destructive"
            )
    return lines


def _speed(ear: Row) -> str:
    latency = ear["latency_ms"]
    if latency["p50"] is None or latency["p95"] is None:
        return "nothing was reacted to"
    return (
        f"{latency['p50']:.0f} ms from the end of speech to the reaction"
        f" (95th percentile {latency['p95']:.0f}), {ear['rtf']:.3f} of one core"
    )
