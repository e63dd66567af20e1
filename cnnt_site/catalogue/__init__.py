"""Records to the catalogue: references resolved, rules kept, validity on the as-of date, indices."""
