"""Work on the project itself, not on a showroom."""
