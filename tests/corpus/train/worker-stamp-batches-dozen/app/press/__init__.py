"""Prints stamps that customers design themselves."""
