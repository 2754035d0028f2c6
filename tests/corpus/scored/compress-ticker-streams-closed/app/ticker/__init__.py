"""Prices of an exchange, as a compressed stream for each trader."""
