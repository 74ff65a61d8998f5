"""Long instructions and written names, made into what can be said aloud."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from voicecoach.language.numbers import spoken
from voicecoach.library.sayable import MOST_WORDS, faults_of

MOST_CUES = 6
FEWEST_WORDS = 3


def spoken_name(name: str) -> str:
    """Return a name as it can be said: "3/4 Sit-Up" is "three quarter sit-up"."""
    text = plain_letters(name).lower().replace("3/4", "three quarter")
    text = re.sub(r"(?<=\d)/(?=\d)", " ", text).replace("/", " or ")  # a 90/90 is said as it is
    text = text.replace("&", " and ").replace("'", "")
    words = re.sub(r"[^a-z0-9-]+", " ", text).split()
    parts = [spoken(int(one)) if one.isdigit() and len(one) < 4 else one for one in words]
    said = " ".join(part.strip("-") for part in parts if part.strip("-"))
    return "" if re.search(r"\d", said) else said


def id_of(name: str) -> str:
    """Return the id of an exercise of that name, in small letters, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", plain_letters(name).lower()))


def cues_of(instructions: list[str]) -> tuple[str, ...]:
    """Return what can be said of long instructions: up to six cues of up to twelve words."""
    cues: dict[str, None] = {}
    for instruction in instructions:
        for sentence in _sentences(instruction):
            cue = _shortened(sentence)
            if cue is not None:
                cues[cue] = None
    return tuple(cues)[:MOST_CUES]


_EMPTY = re.compile(
    r"starting position|repeat|recommended amount|^tip|^note|^variation|^caution|repetition"
    r"|switch (sides|legs|arms)|you can also|this exercise|will be your|usually|appropriate"
    r"|should be feeling|may be performed|can be performed",
    re.IGNORECASE,
)
"""What a coach need not say: it counts the repetitions itself."""

_LEAD = re.compile(
    r"^(?:now|then|next|first|finally|begin by|start by|to begin|while|as you|once)[,:]?\s+",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:]\s+|\s+(?=(?:while|until|as you|so that|and then|before|with your)\b)")


_CIRCUMSTANCES = frozenset(
    {"after", "at", "because", "by", "do", "during", "for", "from", "if", "in", "of", "on"}
    | {"since", "this", "to", "upon", "when", "with", "without"}
)
"""Words that begin what goes before, or beside, the doing."""


def _sentences(text: str) -> Iterator[str]:
    cleaned = re.sub(r"\s*(?:\([^)]*\)|\[[^]]*\])", "", plain_letters(text))
    for part in re.split(r"(?<=[.!?])\s+", cleaned):
        if part.strip() and not _EMPTY.search(part):
            yield part.strip()


def _shortened(sentence: str) -> str | None:
    """Return a sentence, or as much from its front as makes a cue; None where nothing does."""
    text = _LEAD.sub("", sentence.rstrip(".!? "))
    text = re.sub(r"\binhales?\b", "breathe in", text, flags=re.IGNORECASE)
    text = re.sub(r"\bexhales?\b", "breathe out", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(\d{1,3})[- ]degree", lambda m: f"{spoken(int(m[1]))} degree", text)
    text = re.sub(r"\b\d{1,3}\b", lambda m: spoken(int(m[0])), text)
    text = re.sub(r"(?<=\w)[-/](?=\w)", " ", text).replace("’", "'").replace('"', "")
    ends = [match.start() for match in _BREAK.finditer(text)] + [len(text)]
    for end in reversed(ends):
        kept = text[:end].rstrip(",;: ")
        cue = f"{kept[:1].upper()}{kept[1:].lower()}."
        fits = FEWEST_WORDS <= len(kept.split()) <= MOST_WORDS
        if fits and _says_what_to_do(kept) and not faults_of(cue):
            return cue
    return None


def _says_what_to_do(text: str) -> bool:
    """Tell whether some part of `text` is more than the circumstances: "at the top" is not."""
    parts = [part.split() for part in re.split(r"[,;:]\s+", text.lower())]
    return any(
        part and part[0] not in _CIRCUMSTANCES and not part[0].endswith("ing") for part in parts
    )


def plain_letters(text: str) -> str:
    """Return `text` in plain letters, on one line."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
