"""Finds recipes by what they are called, with vectors of words."""
