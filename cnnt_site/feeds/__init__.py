"""Everything that machines read: open data, news feeds, the map of the site, rules for hosts."""
