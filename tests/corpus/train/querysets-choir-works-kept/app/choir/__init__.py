"""What a choir sings, and when it rehearses what."""
