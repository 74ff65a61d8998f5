"""What is prescribed, what was performed, and what follows from it. Pure."""
