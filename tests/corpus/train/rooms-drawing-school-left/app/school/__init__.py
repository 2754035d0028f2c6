"""Rooms in which pupils of a drawing school draw together."""
