"""Builds the showroom: `python build.py`, or `python build.py --help`."""

from cnnt_site.cli import main

raise SystemExit(main())
