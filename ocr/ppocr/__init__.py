"""PP-OCR's networks as a reader."""
