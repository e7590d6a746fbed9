"""Engines read the lines of a Page."""
