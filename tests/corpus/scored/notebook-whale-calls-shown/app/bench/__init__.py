"""A bench for looking at recordings of whales, cell after cell, as in a notebook."""
