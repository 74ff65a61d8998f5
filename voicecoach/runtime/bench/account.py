"""The account of a hearing bench: trials counted into rows, and two accounts side by side."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from voicecoach import __version__
from voicecoach.errors import CorpusError
from voicecoach.language.decide import Accepted, Ambiguous
from voicecoach.language.intents import Intent
from voicecoach.runtime.bench.corpus import CHATTER, NOISE
from voicecoach.runtime.bench.hearing import DESTRUCTIVE, Outcome, Trial
from voicecoach.runtime.bench.moments import Legal

SCHEMA = "voicecoach.hearing/1"


def account(trials: Sequence[Trial], legal: Legal, ears: Mapping[str, str]) -> dict[str, Any]:
    """Return what `trials` came to, as JSON; `ears` describes each recogniser by its name."""
    first = next(iter(ears), "")
    by_ear = {name: [one for one in trials if one.recogniser == name] for name in ears}
    return {
        "schema": SCHEMA,
        "version": __version__,
        "state": legal.value,
        "recognisers": [
            {"name": name, "description": ears[name], **_speed(by_ear[name])} for name in ears
        ],
        "rows": _rows(trials),
        "negatives": _negatives(trials),
        **_speed(by_ear.get(first, [])),
        "peak_mb": peak_mb(),
    }


def _rows(trials: Iterable[Trial]) -> list[dict[str, Any]]:
    counts: dict[tuple[Any, ...], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(["total", *(outcome.value for outcome in Outcome)], 0)
    )
    for one in trials:
        if one.outcome is not None:
            recording = one.recording
            key = (one.recogniser, one.snr_db, one.noise, recording.kind, recording.voice)
            counts[key]["total"] += 1
            counts[key][one.outcome.value] += 1
    names = ("recogniser", "snr_db", "noise", "kind", "voice")
    return [dict(zip(names, key, strict=True)) | row for key, row in counts.items()]


def _negatives(trials: Iterable[Trial]) -> list[dict[str, Any]]:
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in trials:
        if one.recording.kind in {CHATTER, NOISE}:
            row = found.setdefault(
                (one.recogniser, one.snr_db, one.recording.kind),
                {"seconds": 0.0, "false_accepts": 0, "destructive": 0},
            )
            row["seconds"] = round(row["seconds"] + one.seconds, 3)
            row["false_accepts"] += len(one.accepted)
            row["destructive"] += sum(intent.name in DESTRUCTIVE for intent in one.accepted)
    names = ("recogniser", "snr_db", "kind")
    return [dict(zip(names, key, strict=True)) | row for key, row in found.items()]


def _speed(trials: Sequence[Trial]) -> dict[str, Any]:
    seconds = sum(one.seconds for one in trials)
    return {
        "latency_ms": spread([one.latency_ms for one in trials if one.latency_ms is not None]),
        "rtf": round(sum(one.cpu_s for one in trials) / seconds, 4) if seconds else None,
    }


def spread(values: Sequence[float]) -> dict[str, float | None]:
    """Return the median and the 95th percentile, to a tenth; None where there are too few."""
    return {
        "p50": round(median(values), 1) if values else None,
        "p95": round(quantiles(values, n=20)[-1], 1) if len(values) > 1 else None,
    }


def peak_mb() -> float | None:
    """Return the most memory this process has held, in megabytes; None where that is not told."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return None
    from sys import platform  # noqa: PLC0415

    unit = 1 if platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def details(trial: Trial) -> dict[str, Any]:
    """Return one trial as JSON: what was said, what was heard, and what was made of it."""
    meant = trial.moment.intent
    return {
        "recogniser": trial.recogniser,
        "path": trial.recording.path,
        "text": trial.recording.text,
        "kind": trial.recording.kind,
        "voice": trial.recording.voice,
        "snr_db": trial.snr_db,
        "noise": trial.noise,
        "meant": meant and _said(meant),
        "outcome": trial.outcome and trial.outcome.value,
        "latency_ms": None if trial.latency_ms is None else round(trial.latency_ms, 1),
        "heard": [
            {
                "decision": type(heard.decision).__name__.lower(),
                "words": " ".join(heard.decision.words),
                "confidence": round(heard.decision.confidence, 3),
                "intents": [_said(intent) for intent in _readings(heard.decision)],
                "hypotheses": [
                    [" ".join(one.words), round(one.score, 2), round(one.confidence, 3)]
                    for one in heard.hypotheses
                ],
            }
            for heard in trial.heard
        ],
    }


def _readings(decision: object) -> tuple[Intent, ...]:
    match decision:
        case Accepted(intent):
            return (intent,)
        case Ambiguous(intents):
            return intents
        case _:
            return ()


def _said(intent: Intent) -> dict[str, Any]:
    return {"intent": intent.name.value, **intent.slots()}


def saved(path: Path) -> dict[str, Any]:
    """Return the account that was saved at `path`. Raises CorpusError."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = f"the report cannot be read ({getattr(error, 'strerror', None) or error})"
        raise CorpusError(msg, place=str(path), remedy="save one: --save FILE") from error
    if not isinstance(read, dict) or read.get("schema") != SCHEMA:
        msg = f"this is not a report of the hearing bench ({SCHEMA})"
        raise CorpusError(msg, place=str(path), remedy="save one: --save FILE")
    return read


def totals(rows: Iterable[Mapping[str, Any]], *by: str) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return rows added up over all but the keys `by`, in the order they come."""
    added: dict[tuple[Any, ...], dict[str, int]] = {}
    columns = ["total", *(outcome.value for outcome in Outcome)]
    for row in rows:
        sums = added.setdefault(tuple(row[key] for key in by), dict.fromkeys(columns, 0))
        for column in columns:
            sums[column] += row[column]
    return added
