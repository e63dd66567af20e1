"""What an organiser takes from a showcase."""

from __future__ import annotations

from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.catalogue.showcases import showcase
from cnnt_site.pages import booth_list, labels
from cnnt_site.pages.framed import embed_of
from cnnt_site.pages.parts import Link, Tools
from cnnt_site.pages.teller import Teller


def tools(teller: Teller, kind: str, id_: str, title: Phrase) -> Tools | None:
    """The tools of a showcase; None when it has no product to show."""
    showroom = teller.showroom
    if not any(labels.carded(showroom, showcase(showroom.catalogue, kind, id_))):
        return None
    return Tools(
        cards=tuple(
            Link(teller.own_phrase(f"card.size_{form}"), teller.to(labels.sheet_address(showroom, kind, id_, form)))
            for form in labels.FORMS
        ),
        lists=(
            Link(teller.own_phrase("tools.print"), teller.to(booth_list.page_address(showroom, kind, id_))),
            *(
                Link(
                    teller.own_phrase(f"list.{ending}"),
                    teller.to(booth_list.file_address(showroom, kind, id_, ending)),
                )
                for ending in ("csv", "xlsx")
            ),
        ),
        embed=embed_of(teller, kind, id_, title),
    )
