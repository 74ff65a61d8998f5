"""A muscle: where it is and what it does, so that a lifter can think of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """A muscle or group of muscles, as lifters speak of them."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str  # back | trunk | arms | legs | shoulders | chest
    main: bool  # a complete workout of its region reaches it
    where: str
    does: str
