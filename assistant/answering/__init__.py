"""Passages → an answer with its citations, checked, or a refusal."""
