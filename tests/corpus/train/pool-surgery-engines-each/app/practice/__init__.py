"""Evaluations for the surgeries that share a computing centre."""
