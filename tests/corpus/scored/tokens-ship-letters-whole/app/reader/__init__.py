"""Sorts letters of seamen by what they are about."""
