"""Tesseract as a reader."""
