"""Bytes → pages → lines in reading order → articles."""
