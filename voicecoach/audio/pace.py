"""How fast the coach speaks."""

from __future__ import annotations

WORDS_A_MINUTE = 165

SLOWEST, FASTEST = 110, 260
"""Words a minute that can still be followed in a gym."""
