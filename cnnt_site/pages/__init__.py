"""One file a kind of page: the view that its template sees, and how the catalogue fills it."""
