"""Counts the words in the letters of a poet and keeps the letters to be read."""
