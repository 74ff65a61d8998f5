"""Voices: engines that turn text into speech, and the store of what they have said."""
