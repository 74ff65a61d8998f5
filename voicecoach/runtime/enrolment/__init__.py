"""Fitting the ears to one voice: a dozen words are recorded, fitted to, and measured."""
