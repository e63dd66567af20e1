"""How a certificate stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

from cnnt_site.model.certificate import Certificate, Standing
from cnnt_site.model.site import ValidityRule


def standing(certificate: Certificate, as_of: date, rule: ValidityRule | None, soon_days: int) -> Standing:
    """The state of `certificate` on the day `as_of`.

    A stated last day counts; without one only the rule of site.yaml, if it is switched on, tells it:
    the end of 31 December of the `years`-th year, counted from the year of issue or from the next
    (circulars 26/2014 and 14/2018 leave it open which).
    """
    until, by_rule = certificate.valid_until, False
    issued = certificate.issued_on.year if certificate.issued_on else certificate.year
    if until is None and rule is not None and issued is not None:
        last = issued + rule.years - (1 if rule.count_from == "issue" else 0)
        until, by_rule = date(last, 12, 31), True
    if certificate.ending is not None:
        return Standing(certificate.ending.kind, until, by_rule)
    if until is None:
        return Standing("unknown")
    if until < as_of:
        return Standing("expired", until, by_rule)
    if until <= as_of + timedelta(days=soon_days):
        return Standing("soon", until, by_rule)
    return Standing("valid", until, by_rule)
