"""A name server for a network of observatories."""
