"""Lines: what a reader saw in a picture becomes text and glyphs in their places, and readings are laid side by side."""
