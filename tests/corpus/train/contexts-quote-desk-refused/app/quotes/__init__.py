"""Quotes for the insurance of ships, over HTTP."""
