"""Formats that archives keep, one module each."""
