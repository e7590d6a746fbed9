"""What passes ask: rules for joining, for quotes and commas, for repeated glyphs and stray spaces."""
