"""How the next load or target follows from the last sets: a family of rules a module."""
