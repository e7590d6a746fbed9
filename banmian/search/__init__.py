"""Finds words in the articles of a workspace, and where on the scans they stand."""
