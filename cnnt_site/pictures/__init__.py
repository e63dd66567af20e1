"""Photographs and drawings to pictures for pages: measured once, named before any pixel, made once."""
