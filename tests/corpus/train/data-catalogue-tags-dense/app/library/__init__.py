"""Finds, for a public library, books that are about the same things."""
