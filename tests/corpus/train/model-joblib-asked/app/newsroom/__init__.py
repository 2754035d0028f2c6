"""Sorts what agencies send into the sections of a newspaper."""

from newsroom.sections import Sections

SECTIONS = Sections("sections.joblib")
