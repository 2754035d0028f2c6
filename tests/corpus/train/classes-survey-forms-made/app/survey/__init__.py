"""Answers to the questionnaires of an institute for social research."""
