"""Clearance of cargo."""
