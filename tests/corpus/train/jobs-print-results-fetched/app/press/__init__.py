"""A service that prepares pages for a printing press."""
