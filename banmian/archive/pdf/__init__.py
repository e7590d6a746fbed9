"""PDF/A with the clean text as an invisible layer."""
