"""Corrects what people type into a form."""
