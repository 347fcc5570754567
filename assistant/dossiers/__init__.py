"""Dossiers: an answer with all it rests on, as a file to sign, to send and to keep."""
