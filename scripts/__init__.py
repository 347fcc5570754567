"""Benchmarks and calibrations: each prints its figures as JSON."""
