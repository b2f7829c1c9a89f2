"""Homeport: an open, self-hosted Cloud Application Engine that speaks the CAE v1 REST API."""

__version__ = "0.1.0"
