"""The records: everything that content can say, as frozen values.

A field is one line here. What a person may write in it is said by its type (`kinds`), and `reading`
checks it; nothing in this package reads files, knows other records or imports a validator at start.
"""
