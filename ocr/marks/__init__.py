"""Marks that readers lose or take for others, told by their ink and their neighbours."""
