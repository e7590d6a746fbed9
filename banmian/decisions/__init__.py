"""What people decided: the record of it, the actions that it is made of, and their replay over results."""
