"""Turnstiles of a zoo."""
