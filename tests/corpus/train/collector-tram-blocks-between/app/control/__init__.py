"""The control room of a tramway: which block is occupied, and by whom."""
