"""Leaflets of the branches of a public library, which are printed from its database."""
