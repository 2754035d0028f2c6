"""Boards in pubs send every throw to a league's server."""
