"""The search index: what visitors search, packed small, written as classic scripts."""
