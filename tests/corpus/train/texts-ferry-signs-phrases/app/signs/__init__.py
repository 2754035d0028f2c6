"""What the signs at the quays of a ferry company say, in the language of whoever stands there."""
