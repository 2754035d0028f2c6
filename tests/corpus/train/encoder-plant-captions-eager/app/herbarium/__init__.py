"""Finds pressed plants by what their captions say."""
