"""Pings of an echo sounder, as a survey ship sends them ashore."""
