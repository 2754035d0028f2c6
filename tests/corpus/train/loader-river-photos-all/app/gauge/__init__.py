"""Learns to read the level of a river from photos of its bank."""
