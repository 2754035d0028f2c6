"""Prices for the lots of grain that a mill is offered in the morning."""
