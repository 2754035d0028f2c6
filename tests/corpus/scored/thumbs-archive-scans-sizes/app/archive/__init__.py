"""Scanned pages of a town archive: taken in, measured, and shown as thumbnails."""
