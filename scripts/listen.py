"""Listens to the coach: are its numbers and sentences understood? Called by scripts/listen."""

from __future__ import annotations

import argparse

from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, Manner, Style
from voicecoach.audio.voices.choice import choose_voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.runtime.bench.listening import (
    FreeEar,
    Written,
    count_texts,
    example_texts,
    share_right,
    understood,
)

WANTED = 0.95
RATE = 24_000


def main() -> None:
    """Print the share of words that came through, and the texts that did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", help="as in `voicecoach voices`; the coach's own by default")
    parser.add_argument("--style", choices=[style.value for style in Style], default="calm")
    options = parser.parse_args()
    style = Style(options.style)
    voice = choose_voice(options.voice, Manner(style=style))
    brisk = Manner(words_a_minute=COUNTING_WORDS_A_MINUTE, style=style)
    coach = Repertoire(voice, RATE, brisk=choose_voice(options.voice, brisk))
    ear = FreeEar()
    counts, texts = count_texts(), example_texts()
    coach.prepare_words(counts)
    coach.prepare(texts)
    count = understood(ear, ((text, coach.word(text)) for text in counts))
    prompts = understood(ear, ((text, coach.phrase(text)) for text in texts))
    print(f"{voice.name}, by an ear without a vocabulary; to reach: {WANTED:.0%}")
    for what, written in (("one to a hundred", count), ("every prompt", prompts)):
        show(what, written)
    show("together", (*count, *prompts), detailed=False)


def show(what: str, written: tuple[Written, ...], *, detailed: bool = True) -> None:
    """Print one line of figures, and a line for each text that was misheard."""
    words = sum(one.words for one in written)
    print(f"{what}: {share_right(written):.1%} of {words} words")
    for one in written if detailed else ():
        if one.right < one.words:
            print(f"    {one.text}  →  {one.heard}")


if __name__ == "__main__":
    main()
