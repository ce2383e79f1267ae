"""Figures that can be printed again on any machine: `make bench`."""
