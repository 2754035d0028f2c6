"""Names of railway stations, and which of them a hasty traveller has meant."""
