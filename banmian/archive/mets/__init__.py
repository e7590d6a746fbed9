"""METS with MODS and PREMIS."""
