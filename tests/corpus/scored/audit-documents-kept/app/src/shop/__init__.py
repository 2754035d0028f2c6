"""Takes orders of resellers as JSON."""
