"""Passes: each looks at an article and proposes changes of one kind of damage. None of them changes anything."""
