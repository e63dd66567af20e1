"""Paper and pictures for other people's screens: PDF sheets, the printed catalogue, cards for link previews."""
