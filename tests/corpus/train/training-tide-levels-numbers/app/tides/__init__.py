"""Learns the level of the water at a harbour from the hours before."""
