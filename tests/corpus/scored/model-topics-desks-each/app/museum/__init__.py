"""Passes what visitors write to a museum to the people who can answer."""
