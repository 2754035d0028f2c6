"""Watches the turbines of a wind farm for those that run unlike the others."""
