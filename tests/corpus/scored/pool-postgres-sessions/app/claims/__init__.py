"""Claims of an insurance: read, checked and decided."""
