"""Disk to records: files, YAML, Markdown and photos, with every mistake told and nothing dropped silently."""
