"""How a plate girder bends through the year."""
