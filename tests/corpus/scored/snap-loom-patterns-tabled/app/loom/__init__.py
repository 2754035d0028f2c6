"""Drafts, cloth and yarn."""
