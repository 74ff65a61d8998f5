"""Spoken words both ways: what can be said to the coach, and what it says. Pure."""
