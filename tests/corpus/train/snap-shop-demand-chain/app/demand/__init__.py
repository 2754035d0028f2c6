"""What shops will sell tomorrow."""
