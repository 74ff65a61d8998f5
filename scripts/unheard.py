"""Lets sessions that wait hear what is not for them. Called by scripts/unheard."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np

from voicecoach.audio.ports import HEARING_RATE, Clip
from voicecoach.audio.voices import natural
from voicecoach.audio.wavfile import read_clip
from voicecoach.runtime import engines
from voicecoach.runtime.bench.bystanders import (
    MUSIC,
    NOISE,
    OVER_MUSIC,
    TALK,
    UNDER_DB,
    Piece,
    at_level,
    clanks,
    in_a_room,
    music,
    spoken,
    talk,
)
from voicecoach.runtime.bench.corpus import Corpus, read_corpus, sound
from voicecoach.runtime.bench.overhearing import MOMENTS, Overhearing, overhear
from voicecoach.runtime.paths import Paths

KINDS = (TALK, OVER_MUSIC, MUSIC, NOISE)
VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3", "en-gb+f4", "en-029")
SENTENCES = 60
"""In each voice; then they come round again."""

SEED = 20260105


class Sounds:
    """The sound of others, a piece at a time: a corpus's, or made on the spot."""

    def __init__(self, paths: Paths, corpus: Corpus | None) -> None:
        self._rng = np.random.default_rng(SEED)
        self._noises = [sound(corpus.folder / one.path) for one in corpus.noises] if corpus else []
        self._said: Iterator[Clip] = cycle(self._recorded(corpus) or self._spoken(paths))
        self._made = 0

    def _recorded(self, corpus: Corpus | None) -> list[Clip]:
        chatter = corpus.chatter if corpus else ()
        order = self._rng.permutation(len(chatter))
        return [read_clip(corpus.folder / chatter[at].path) for at in order] if corpus else []

    def _spoken(self, paths: Paths) -> list[Clip]:
        voices = [engines.athlete_voice(paths, name) for name in VOICES]
        if natural.installed():
            voices.append(engines.coach_voice(paths)(180))
        return list(spoken(voices, SENTENCES, self._rng))

    def piece(self, kind: str, seconds: float) -> Piece:
        """Return `seconds` of a kind of sound."""
        rng = self._rng
        match kind:
            case "talk":
                made = talk(self._said, seconds, rng)
            case "talk over music":
                made = talk(self._said, seconds, rng) + music(seconds, rng)
            case "music":
                made = music(seconds, rng)
            case _:
                made = self._noise(seconds)
        return in_a_room(kind, made, rng)

    def _noise(self, seconds: float) -> np.ndarray:
        """Return the corpus's noises and weights that are put down, in turn."""
        self._made += 1
        if not self._noises or self._made % 2 == 0:
            return clanks(seconds, self._rng)
        recorded = self._noises[self._made // 2 % len(self._noises)]
        places = np.arange(round(seconds * HEARING_RATE)) + self._rng.integers(len(recorded))
        return at_level(np.take(recorded, places, mode="wrap"), -26.0 - UNDER_DB)


def main() -> int:
    """Print what became of an hour of it; return 1 where anything was logged or ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", nargs="?", type=float, default=60.0)
    parser.add_argument("--corpus", type=Path, help="whose chatter and noises are heard")
    options = parser.parse_args()
    begun = time.perf_counter()
    pieces = max(len(KINDS), round(options.minutes / len(MOMENTS)))
    seconds = 60 * options.minutes / len(MOMENTS) / pieces
    found: list[Overhearing] = []
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
        paths = Paths.of(data=Path(name), config=Path(name))
        sounds = Sounds(paths, read_corpus(options.corpus) if options.corpus else None)
        ear = engines.recogniser(paths)
        print(f"{ear.description}: {options.minutes:g} min, in sessions that wait", flush=True)
        for turn, moment in enumerate(MOMENTS):
            kinds = [KINDS[(turn + n) % len(KINDS)] for n in range(pieces)]
            found.append(
                overhear(
                    moment,
                    [sounds.piece(kind, seconds) for kind in kinds],
                    Path(name),
                    recogniser=ear,
                    coach_voice=engines.coach_voice(paths),
                    athlete_voice=engines.athlete_voice(paths, "en-gb"),
                )
            )
            show(found[-1])
    table(found, options.minutes)
    print(f"in {time.perf_counter() - begun:.0f} s")
    return int(any(one.facts or one.ended for one in found))


def show(found: Overhearing) -> None:
    """Print what was made of it in one state, as far as anything was."""
    print(f"{found.moment}: {len(found.heard)} utterances", flush=True)
    for what, heard in (("accepted", found.accepted), ("asked", found.asked)):
        for one in heard:
            minutes, rest = divmod(one.at_ms // 1000, 60)
            said = " ".join(one.decision.words)
            print(
                f"    {what} at {minutes}:{rest:02}, {one.kind}, in {one.phase}: {said}"
                f" ({one.decision.confidence:.2f})"
            )
    for fact in found.facts:
        print(f"    IN THE LOG: {fact}")
    if found.ended:
        print(f"    ENDED: {found.ended}")


def table(found: list[Overhearing], minutes: float) -> None:
    """Print the figures by the kind of sound, and all together."""
    heads = (" minutes", " heard", " accepted", " asked", "accepted an hour")
    print(f"{'':16}", *heads)
    for kind in (*KINDS, ""):
        part = minutes / len(KINDS) if kind else minutes
        heard = sum(kind in ("", one.kind) for each in found for one in each.heard)
        accepted = sum(kind in ("", one.kind) for each in found for one in each.accepted)
        asked = sum(kind in ("", one.kind) for each in found for one in each.asked)
        print(
            f"{kind or 'together':16} {part:8.1f} {heard:6} {accepted:9} {asked:6}"
            f" {60 * accepted / part:16.1f}"
        )
    facts = sum(len(one.facts) for one in found)
    print(f"written into the log: {facts}; sets or sessions ended: {sum(o.ended for o in found)}")


if __name__ == "__main__":
    sys.exit(main())
