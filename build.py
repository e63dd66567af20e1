"""Builds the showroom: `python build.py`, or `python build.py --help`."""

from cnnt_site.cli import main

if __name__ == "__main__":  # processes of the build import this file
    raise SystemExit(main())
