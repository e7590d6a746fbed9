"""Pages in registers, made up by chance and disturbed, and the fit of the weights of register pages on them."""
