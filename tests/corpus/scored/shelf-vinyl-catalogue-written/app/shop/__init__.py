"""The catalogue of a shop for old records."""
