"""Upstander: the system with which a university runs mandatory harassment-prevention training."""

__version__ = "0.1.0"
