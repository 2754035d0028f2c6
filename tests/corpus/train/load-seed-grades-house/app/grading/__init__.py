"""Grades of seed lots, as asked for by the scales at the counters of a cooperative."""
