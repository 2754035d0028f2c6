"""A forum of one process: pages as plain functions, wrapped by what every request needs."""
