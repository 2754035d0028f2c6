"""Words of old hymnals, cut into pieces and counted."""
