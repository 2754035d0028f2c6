"""Evaluates the absorption curves that an analyser of blood samples writes."""
