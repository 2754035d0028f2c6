"""Registers of parishes, read page by page."""
