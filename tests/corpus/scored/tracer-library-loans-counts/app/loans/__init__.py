"""The counter of a lending library."""
