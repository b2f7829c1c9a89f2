"""Loops that nobody called: they keep what should be so."""
