"""A scan becomes a Page: straightened; rules, pictures, columns, blocks and lines found, in reading order."""
