"""Plans walks through a gallery for groups of visitors."""
