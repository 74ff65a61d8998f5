"""Training logs of other apps: read row by row, and written in their forms."""
