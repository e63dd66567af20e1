"""An import that died in the middle: the next command, whichever it is, takes back what was moved."""

from __future__ import annotations

import argparse
import sys

from cnnt_site.commands.options import cache_folder
from cnnt_site.files import UNFINISHED
from cnnt_site.reporting import message


def take_back(asked: argparse.Namespace, lang: str) -> None:
    """Puts content back as it was before, and says so. Costs one look at the disk when there is nothing to do."""
    cache = cache_folder(asked)
    if not (cache / UNFINISHED).exists():
        return
    from cnnt_site.building.locking import one_at_a_time
    from cnnt_site.building.publishing import NotPublished
    from cnnt_site.desk.sheets import staging

    with one_at_a_time(cache, lambda: print(message(lang, "waiting"), file=sys.stderr)):
        try:
            if staging.take_back(cache):
                print(message(lang, "import-taken-back"), file=sys.stderr)
        except OSError as error:
            raise NotPublished(error, asked.content) from error
