"""The hearing bench: how well the coach's own ears understand a corpus of recordings."""
