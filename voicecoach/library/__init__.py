"""Exercises and routines as TOML, and their loader."""
