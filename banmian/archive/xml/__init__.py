"""ALTO, PAGE, hOCR and TEI, and what writes, reads and scans XML."""
