"""Readers as they are declared, installed, set and named, before any of them is loaded."""
