"""A taxi rank of the year."""
