"""Forecasts for the map of a mobile app."""
