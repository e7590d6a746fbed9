"""Modern front pages: planned in boxes, composed box by box, scanned in grey or colour."""
