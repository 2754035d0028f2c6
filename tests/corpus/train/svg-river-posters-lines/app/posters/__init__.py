"""Posters of river basins, drawn when they are asked for."""
