"""Answers → ratings; questions → figures."""
