"""The application: commands, workspace, batch, review, archive formats, evaluation."""
