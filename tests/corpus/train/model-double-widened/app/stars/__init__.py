"""How many stars a review deserves."""
