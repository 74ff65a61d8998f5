"""Words that nobody says to the coach, for an engine that would hear commands in all speech.

They are in every grammar beside what may be said. Where one of them fits
better, the engine has it to choose, and nothing was said to the coach.
"""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.audio.recognisers.pronunciation import Pronunciations

TALK = (
    "a", "about", "all", "and", "are", "because", "big", "but", "can", "coffee", "come", "could",
    "did", "for", "from", "good", "have", "he", "her", "his", "just", "know", "large", "like",
    "look", "me", "my", "not", "now", "of", "okay", "on", "or", "people", "please", "really",
    "she", "small", "so", "some", "thank", "the", "them", "then", "there", "they", "think", "this",
    "to", "today", "was", "water", "we", "well", "were", "where", "will", "would", "yesterday",
    "you", "your",
)  # fmt: skip
"""The commonest words of talk that is meant for others."""

NEAR = (
    "fun", "gun", "run", "dust", "shop", "step", "stock", "store", "boss", "cause", "laws",
    "already", "red", "steady", "assume", "room", "script", "ship", "british", "fish", "into",
    "under", "guess", "yet", "nor", "show", "though", "complete", "receipt", "boat", "vote",
    "health", "held", "self", "nest", "text", "best", "dress", "west", "wrap", "get", "let", "sit",
    "once", "want", "when", "wonder", "new", "through", "who", "free", "street", "tree", "door",
    "far", "floor", "force", "drive", "fine", "fire", "life", "fix", "sick", "sits", "even",
    "heaven", "several", "date", "hate", "late", "find", "line", "mind", "mine", "night", "men",
    "than", "town", "shelf", "birthday", "certain", "dirty", "thirsty", "forget", "party", "fifth",
    "city", "sixth", "plenty", "went", "hungry", "around", "found", "sounds", "kids", "kill",
    "joint", "paint", "ladder", "later", "loud", "after", "master", "past", "lower", "over",
    "busy", "each", "card", "heard", "heart", "first", "words", "every", "having", "part", "smart",
    "star", "cold", "old", "told",
)  # fmt: skip
"""Common words that are a sound or two away from a command or a number: "shop", "dirty"."""

DECOYS = (*TALK, *NEAR)


def unlike(decoys: Iterable[str], said: Iterable[str], sounds: Pronunciations) -> tuple[str, ...]:
    """Return the decoys that cannot be taken for one of the words `said`.

    "for" beside "four" would take half of what is said of it.
    """
    words = frozenset(said)
    pronounced = {phones for word in words for phones in sounds.listed(word)}
    return tuple(
        decoy
        for decoy in decoys
        if decoy not in words and pronounced.isdisjoint(sounds.listed(decoy))
    )
