"""What tests stand on: tiny sites, browsers, servers."""
