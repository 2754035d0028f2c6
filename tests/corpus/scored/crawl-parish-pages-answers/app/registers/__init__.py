"""Crawls the registers of parishes and counts the surnames of those who were baptised."""
