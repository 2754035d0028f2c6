"""The box office of a concert hall."""
