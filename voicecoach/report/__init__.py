"""What a person reads: the terminal, plots, pages."""
