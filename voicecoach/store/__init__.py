"""The training log in SQLite: facts are appended, never edited."""
