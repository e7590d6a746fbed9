"""A scan becomes a Normalized: upright, split, deskewed, flat, on white paper, its type of one size, segmented."""
