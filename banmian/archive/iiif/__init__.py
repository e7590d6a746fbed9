"""IIIF Presentation 3 with scans that browsers show."""
