"""A concordance: where in the letters of a poet is which word."""
