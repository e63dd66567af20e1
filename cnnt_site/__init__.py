"""A static, searchable, bilingual showroom of certified rural industrial products."""
