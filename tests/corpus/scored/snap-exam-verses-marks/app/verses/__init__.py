"""Marks in old texts."""
