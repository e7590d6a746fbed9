"""Old pages in registers: zones, headlines over several registers, adverts, folds."""
