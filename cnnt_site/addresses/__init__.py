"""Permanent addresses: every page has one, none is ever lost."""
