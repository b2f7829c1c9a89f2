"""Homeport's own additions to the API, outside CAE's paths."""
