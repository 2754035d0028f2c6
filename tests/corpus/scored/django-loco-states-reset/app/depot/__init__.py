"""What the locomotives of a depot report, and what the foreman has to know of it."""
