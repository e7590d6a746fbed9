"""Confidence: how likely a reading is right, by a fitted table."""
