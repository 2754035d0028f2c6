"""What the animals of a zoo are fed, and when."""
