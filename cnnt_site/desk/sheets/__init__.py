"""Lists in Excel or CSV, to and from content.

file ─ reading ▶ sheets of cells ─ rows ▶ rows under known columns ─ plan ▶ records new and changed ─ staging ▶ content
"""
