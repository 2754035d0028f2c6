"""Crawls the registers of parishes and gathers the families of those who were baptised."""
