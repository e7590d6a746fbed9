"""Pictures of lines: cut from the sheet, scaled as a reader wants them, in several widths."""
