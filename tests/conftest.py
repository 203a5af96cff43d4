"""Fixtures of every test."""
