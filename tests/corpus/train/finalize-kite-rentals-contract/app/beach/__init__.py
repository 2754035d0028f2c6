"""Kites and boards, rented by the hour on a beach."""
