"""Lines become articles: passes propose edits, the ledger applies them, jumps are linked across pages."""
