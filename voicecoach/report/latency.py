"""The figures of a latency bench as a page of text."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any


def figures(report: Mapping[str, Any]) -> str:
    """Return a report of voicecoach.latency/1: a line a command, its medians, and the whole."""
    texts = dict.fromkeys((row["recogniser"], row["text"]) for row in report["rows"])
    width = max(len(text) for _, text in texts)
    lines = [f"{'':{width}}  reaction  inference  understood"]
    for recogniser, text in texts:
        rows = [
            row for row in report["rows"] if (row["recogniser"], row["text"]) == (recogniser, text)
        ]
        right = f"{sum(row['understood'] for row in rows)} of {len(rows)}"
        times = [
            _ms([row[key] for row in rows if row[key] is not None])
            for key in ("latency_ms", "decode_ms")
        ]
        lines.append(f"{text:{width}}  {times[0]:>8}  {times[1]:>9}  {right:>10}  {recogniser}")
    whole, decode = report["latency_ms"], report["decode_ms"]
    if whole["p95"] is not None:
        lines.append("")
        lines.append(
            f"{whole['p50']:.0f} ms from the end of speech to the reaction"
            f" (95th percentile {whole['p95']:.0f}),"
            f" of which inference took {decode['p50']:.0f} ({decode['p95']:.0f})"
        )
    return "\n".join(lines)


def _ms(values: list[float]) -> str:
    return f"{median(values):.0f} ms" if values else "-"
