"""The tiers, as data: what each gives and what it costs. Whether an account may something, `entitlements` answers.

Prices are in US cents. Where Stripe is set up its prices must be the same ones; docs/billing.md says how they meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.tiers import Tier

EDUCATOR_DISCOUNT = 50  # per cent, while a teacher is verified
# Written into the corner of every picture that a free account makes.
MARK = "Made with Theorama"


class Feature(StrEnum):
    """What an account may be asked for."""

    GENERATE = "generate"  # one more new animation this month
    CLEAN = "clean"  # pictures without the mark
    QUALITY = "quality"  # of that name
    EXPORT = "export"  # as that format
    LIBRARY = "library"  # a template of that level
    API = "api"  # by a key
    TEAM = "team"  # seats, roles and usage of a school


@dataclass(frozen=True, slots=True)
class Terms:
    """What a tier gives. `generations` are new animations a month; none means as many as fair use allows.

    `fair_use` is that bound: a person who works all day stays far below it, a script that resells does not. Of
    `exports`, `qualities` and `levels` empty means all there are. `api_calls` are calls a minute of all keys of a
    person together; none means no API. `gives` is what the plan page lists.
    """

    tier: Tier
    generations: int | None
    fair_use: int
    clean: bool
    qualities: frozenset[str]
    exports: frozenset[str]
    levels: frozenset[str]
    api_calls: int
    team: bool
    gives: tuple[str | Promise, ...]

    @property
    def most(self) -> int:
        """New animations a month, whatever the reason for the bound."""
        return self.fair_use if self.generations is None else self.generations


ALL: frozenset[str] = frozenset()
# What a lesson needs: the film itself comes with every tier, and with it the picture, captions and code.
FREE_EXPORTS = frozenset({"webm", "gif", "handout", "transcript", "sheet"})
# The basic library: whatever is taught at school. Only what is taught at university is kept for those who pay.
BASIC_LIBRARY = frozenset({"primary", "secondary"})

_PROFESSIONAL_GIVES = (
    _("New animations without a monthly limit, under fair use"),
    _("No mark in the picture"),
    _("High quality, 1080p"),
    _("The whole library, university topics included"),
    _("Every export: slides, web deck, hand-out, notebook, zip"),
    _("Drawn before the free ones when many wait"),
    _("API, 60 calls a minute"),
)

TERMS: Mapping[str, Terms] = MappingProxyType(
    {
        Tier.FREE: Terms(
            Tier.FREE,
            generations=25,
            fair_use=25,
            clean=False,
            qualities=frozenset({"l", "m"}),
            exports=FREE_EXPORTS,
            levels=BASIC_LIBRARY,
            api_calls=0,
            team=False,
            gives=(
                _("25 new animations a month; turning knobs and redrawing cost nothing"),
                _("The basic library: every topic taught at school"),
                _("Video up to 720p, GIF, hand-out, captions and code, with a small mark in the picture"),
                _("Help from the community"),
            ),
        ),
        Tier.PROFESSIONAL: Terms(
            Tier.PROFESSIONAL,
            generations=None,
            fair_use=1000,
            clean=True,
            qualities=ALL,
            exports=ALL,
            levels=ALL,
            api_calls=60,
            team=False,
            gives=_PROFESSIONAL_GIVES,
        ),
        Tier.EDUCATOR: Terms(
            Tier.EDUCATOR,
            generations=None,
            fair_use=1000,
            clean=True,
            qualities=ALL,
            exports=ALL,
            levels=ALL,
            api_calls=60,
            team=False,
            gives=(_("All of Professional at half the price, while you are verified as a teacher"),),
        ),
        Tier.SCHOOL: Terms(
            Tier.SCHOOL,
            generations=None,
            fair_use=1000,
            clean=True,
            qualities=ALL,
            exports=ALL,
            levels=ALL,
            api_calls=60,
            team=True,
            gives=(
                _("All of Professional for every teacher with a seat"),
                _("Seats by list or by e-mail domain, roles, usage of the school"),
                _("Invoice and purchase order, no card needed"),
            ),
        ),
        Tier.ENTERPRISE: Terms(
            Tier.ENTERPRISE,
            generations=None,
            fair_use=10_000,
            clean=True,
            qualities=ALL,
            exports=ALL,
            levels=ALL,
            api_calls=600,
            team=True,
            gives=(
                _("All of Professional"),
                _("API, 600 calls a minute"),
                _("Longer animations, up to two hours"),
                _("Team features, custom integrations, priority support"),
            ),
        ),
    }
)
# Of two that a person has, the better one counts.
RANK = (Tier.FREE, Tier.EDUCATOR, Tier.PROFESSIONAL, Tier.SCHOOL, Tier.ENTERPRISE)
CLEAN_TIERS = tuple(tier for tier, terms in TERMS.items() if terms.clean)


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that can be had. Prices are for one seat, in US cents; 0 is free of charge.

    `least_seats` above one: it is sold by seats. `by_invoice`: also without a card, on an invoice or purchase order.
    """

    code: str
    tier: Tier
    name: str | Promise
    month: int
    year: int
    least_seats: int = 1
    by_invoice: bool = False
    note: str | Promise = ""

    @property
    def terms(self) -> Terms:
        """What it gives."""
        return TERMS[self.tier]

    @property
    def by_seats(self) -> bool:
        """Whether it is sold by seats."""
        return self.least_seats > 1

    def price(self, interval: str) -> int:
        """Of one seat for a "month" or a "year", in US cents."""
        return self.year if interval == "year" else self.month


PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        plan.code: plan
        for plan in (
            Plan("free", Tier.FREE, _("Free"), 0, 0),
            # A year is ten months.
            Plan("professional", Tier.PROFESSIONAL, _("Professional"), 1999, 19990),
            Plan(
                "educator",
                Tier.EDUCATOR,
                _("Educator"),
                1000,
                9995,
                note=_("Half of Professional. Show that you teach, once a year."),
            ),
            Plan(
                "school",
                Tier.SCHOOL,
                _("School"),
                600,
                6000,
                least_seats=5,
                by_invoice=True,
                note=_("From 5 seats on."),
            ),
            Plan(
                "district",
                Tier.SCHOOL,
                _("District"),
                500,
                5000,
                least_seats=40,
                by_invoice=True,
                note=_("From 40 seats on, for all schools of the district."),
            ),
            Plan(
                "enterprise",
                Tier.ENTERPRISE,
                _("Enterprise"),
                9999,
                99990,
                by_invoice=True,
                note=_("Or made to measure: write to us."),
            ),
        )
    }
)
