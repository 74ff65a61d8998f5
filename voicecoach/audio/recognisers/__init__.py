"""Recognisers: one engine a module, what they share, and the choice between them."""
