"""The lists of what a ship carries, as agents type them."""
