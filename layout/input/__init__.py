"""Images and pages of PDFs become scans, within limits of size."""
