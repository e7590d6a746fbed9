"""Two readers together."""
