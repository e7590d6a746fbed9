"""Pages in registers as reading frames, made up by chance and disturbed; the weights of register pages, fitted on them."""
