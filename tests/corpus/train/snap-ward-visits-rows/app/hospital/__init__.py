"""Visits on the wards of a hospital."""
