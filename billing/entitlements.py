"""The one answer to every "may this account ...?".

It reads the rows: what was given, bought, or has a seat. `User.tier` is a copy that `services.refresh` keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tiers import Tier
from billing import quota
from billing.models import Grant, Subscription
from billing.quota import Allowance
from billing.tiers import RANK, TERMS, Feature, Terms
from core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something is allowed; if not, why (`message`) and what to do (`hint`)."""

    allowed: bool
    code: str = ""
    message: str = ""
    hint: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(allowed=True)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a person may do now, and by which row. Without a row she is on Free."""

    user: User
    tier: Tier
    row: Grant | Subscription | None = None

    @property
    def terms(self) -> Terms:
        """What the tier gives."""
        return TERMS[self.tier]

    def allowance(self) -> Allowance:
        """What is left of this month."""
        return quota.allowance(self.user, self.terms)

    def may(self, feature: Feature, name: str = "") -> Answer:
        """Answer for a feature; `name` says which quality, format or level is meant."""
        if feature is Feature.GENERATE:
            return self._generate()
        if self._has(feature, name):
            return YES
        message, hint = _REFUSALS[feature]()
        return Answer(allowed=False, code=f"tier_{feature.value}", message=message, hint=hint)

    def require(self, feature: Feature, name: str = "") -> None:
        """Raise DomainError with the reason unless `may`; its data say which tier is had and what it was asked for."""
        answer = self.may(feature, name)
        if not answer:
            data = {"tier": self.tier.value, "feature": feature.value, "upgrade": "/plans/"}
            if feature is Feature.GENERATE:
                data |= self.allowance().as_json()
            raise DomainError(answer.code, answer.message, status=402, hint=answer.hint, data=data)

    def _has(self, feature: Feature, name: str) -> bool:
        terms = self.terms
        match feature:
            case Feature.CLEAN:
                return terms.clean
            case Feature.QUALITY:
                return not terms.qualities or name in terms.qualities
            case Feature.EXPORT:
                return not terms.exports or name in terms.exports
            case Feature.LIBRARY:
                return not terms.levels or name in terms.levels
            case Feature.API:
                return terms.api_calls > 0
            case Feature.TEAM:
                return terms.team
        raise ValueError(f"{feature} is not a yes or no of the tier.")

    def _generate(self) -> Answer:
        allowance = self.allowance()
        if allowance.left > 0:
            return YES
        words = {"most": allowance.most, "day": allowance.resets_on}
        if self.terms.generations is None:
            return Answer(
                allowed=False,
                code="fair_use",
                message=_("You have made %(most)d new animations this month, which is the bound of fair use.") % words,
                hint=_("It starts again on %(day)s. If your lessons need more, write to us.") % words,
            )
        return Answer(
            allowed=False,
            code="quota_used",
            message=_("You have used your %(most)d new animations of this month.") % words,
            hint=_(
                "You have %(most)d again on %(day)s. Until then you can turn the knobs of those you have and export "
                "them, or take a plan without this limit."
            )
            % words,
        )


def of(user: User, now: datetime | None = None) -> Entitlement:
    """What `user` may: by the best of what she was given, bought, or has a seat on, at `now` (default: at present)."""
    now = now or timezone.now()
    if not user.is_active:
        return Entitlement(user, Tier.FREE)
    rows: list[Grant | Subscription] = [*_grants(user, now), *_subscriptions(user, now)]
    if not rows:
        return Entitlement(user, Tier.FREE)
    best = max(rows, key=lambda row: (RANK.index(Tier(row.tier)), end_of(row) is None, end_of(row) or now))
    return Entitlement(user, Tier(best.tier), best)


def as_kept(user: User) -> Entitlement:
    """The same from the copy on the user's row, which may be a minute old: where every request asks."""
    return Entitlement(user, Tier(user.tier))


def _grants(user: User, now: datetime) -> Iterable[Grant]:
    hers = Q(account__user=user) | Q(seats__user=user)
    live = Q(revoked__isnull=True, starts__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))
    return Grant.objects.filter(hers & live).select_related("account__organisation").distinct()


def _subscriptions(user: User, now: datetime) -> Iterable[Subscription]:
    hers = Q(account__user=user) | Q(seats__user=user)
    paid = Q(status__in=Subscription.ENTITLING) | Q(status=Subscription.Status.PAST_DUE, grace_until__gt=now)
    return Subscription.objects.filter(hers & paid).select_related("account__organisation").distinct()


def end_of(row: Grant | Subscription) -> datetime | None:
    """When it ends, or until when it is paid; None for no end."""
    return row.until if isinstance(row, Grant) else row.current_period_end


def _clean() -> tuple[str, str]:
    return _("Pictures without the mark come with Professional."), _ways_up()


def _quality() -> tuple[str, str]:
    return (
        _("High quality, 1080p, comes with Professional."),
        _("Choose draft or standard, or take a plan with high quality."),
    )


def _export() -> tuple[str, str]:
    return (
        _("This format comes with Professional."),
        _("Video, GIF, WebM, hand-out, contact sheet and transcript are free; for the others take a plan."),
    )


def _library() -> tuple[str, str]:
    return (
        _("This topic is of university level, which comes with Professional."),
        _("Every topic taught at school is free: ask for one of those, or take a plan with the whole library."),
    )


def _api() -> tuple[str, str]:
    return _("The API comes with Professional."), _("Take a plan with the API; your keys then work at once.")


def _team() -> tuple[str, str]:
    return _("This comes with a plan for schools."), _ways_up()


def _ways_up() -> str:
    return _("See the plans for what each gives.")


_REFUSALS: dict[Feature, Any] = {
    Feature.CLEAN: _clean,
    Feature.QUALITY: _quality,
    Feature.EXPORT: _export,
    Feature.LIBRARY: _library,
    Feature.API: _api,
    Feature.TEAM: _team,
}
