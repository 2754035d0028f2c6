"""Where the buses of a town are."""
