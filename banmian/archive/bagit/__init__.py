"""Bags: scans and exports with a checksum of each file."""
