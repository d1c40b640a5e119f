"""Products with their features, prices, coupons and promotion codes."""

from __future__ import annotations

from billing.stripe_double.errors import Json, invalid, required
from billing.stripe_double.events import emit
from billing.stripe_double.forms import boolean, merged, whole
from billing.stripe_double.store import Store

CURRENCIES = {"usd", "eur", "gbp", "cad", "aud", "chf", "jpy", "sek", "pln"}


def create_product(store: Store, params: Json) -> Json:
    """Make a product. Its id may be chosen."""
    if not params.get("name"):
        raise required("name")
    if params.get("id") in store.kinds.get("product", {}):
        raise invalid("Product already exists.", param="id", code="resource_already_exists")
    product = store.create(
        "product",
        id=params.get("id"),
        name=params["name"],
        active=boolean(params, "active", default=True),
        description=params.get("description"),
        images=[],
        marketing_features=params.get("marketing_features") or [],
        metadata=params.get("metadata") or {},
        tax_code=params.get("tax_code"),
        type="service",
        unit_label=params.get("unit_label"),
        created=store.now(),
        updated=store.now(),
    )
    emit(store, "product.created", product)
    return product


def update_product(store: Store, params: Json, key: str) -> Json:
    """Rename, describe or retire a product."""
    product = store.get("product", key)
    before = dict(product)
    for name in ("name", "description", "tax_code", "unit_label", "default_price", "marketing_features"):
        if name in params:
            product[name] = params[name] or None
    product["active"] = boolean(params, "active", default=product["active"])
    product["metadata"] = merged(product["metadata"], params.get("metadata", {}))
    product["updated"] = store.now()
    emit(store, "product.updated", product, before=before)
    return product


def create_feature(store: Store, params: Json) -> Json:
    """Make a feature that products can carry."""
    if store.all("entitlements.feature", lookup_key=params.get("lookup_key")):
        raise invalid("A feature with this lookup key exists already.", param="lookup_key")
    fields = {"active": True, "metadata": params.get("metadata") or {}}
    return store.create("entitlements.feature", lookup_key=params["lookup_key"], name=params.get("name", ""), **fields)


def attach_feature(store: Store, params: Json, product: str) -> Json:
    """Give a product a feature."""
    store.get("product", product)
    feature = store.get("entitlements.feature", params.get("entitlement_feature"), param="entitlement_feature")
    attached = store.create("product_feature", entitlement_feature=feature)
    store.cards[f"product:{attached['id']}"] = product
    return attached


def features_of(store: Store, product: str) -> list[Json]:
    """Return the features of a product."""
    store.get("product", product)
    return [each for each in store.all("product_feature") if store.cards.get(f"product:{each['id']}") == product]


def create_price(store: Store, params: Json) -> Json:
    """Make a price. Its amount and interval never change afterwards, as at Stripe."""
    currency = str(params.get("currency", ""))
    if currency not in CURRENCIES:
        raise invalid(f"Invalid currency: {currency}. Stripe currently supports these currencies: …", param="currency")
    if "product" not in params:
        raise required("product")
    store.get("product", params["product"], param="product")
    lookup_key = params.get("lookup_key")
    _free_lookup_key(store, lookup_key, transfer=boolean(params, "transfer_lookup_key"))
    recurring = params.get("recurring")
    amount = whole(params, "unit_amount")
    price = store.create(
        "price",
        active=boolean(params, "active", default=True),
        billing_scheme="per_unit",
        created=store.now(),
        currency=currency,
        lookup_key=lookup_key,
        metadata=params.get("metadata") or {},
        nickname=params.get("nickname"),
        product=params["product"],
        recurring=recurring
        and {
            "interval": recurring["interval"],
            "interval_count": int(recurring.get("interval_count", 1)),
            "meter": None,
            "trial_period_days": None,
            "usage_type": "licensed",
        },
        tax_behavior=params.get("tax_behavior", "unspecified"),
        type="recurring" if recurring else "one_time",
        unit_amount=amount,
        unit_amount_decimal=str(amount),
    )
    emit(store, "price.created", price)
    return price


def _free_lookup_key(store: Store, key: str | None, *, transfer: bool) -> None:
    for other in store.all("price", lookup_key=key) if key else []:
        if not transfer:
            words = f"A price (`{other['id']}`) already uses that lookup key."
            raise invalid(words, param="lookup_key", code="resource_already_exists")
        other["lookup_key"] = None


def update_price(store: Store, params: Json, key: str) -> Json:
    """Retire a price, or rename it."""
    price = store.get("price", key)
    before = dict(price)
    price["active"] = boolean(params, "active", default=price["active"])
    for name in ("nickname", "lookup_key", "tax_behavior"):
        if name in params:
            price[name] = params[name]
    price["metadata"] = merged(price["metadata"], params.get("metadata", {}))
    emit(store, "price.updated", price, before=before)
    return price


def create_coupon(store: Store, params: Json) -> Json:
    """Make a coupon: so many percent, or an amount, off."""
    if ("percent_off" in params) == ("amount_off" in params):
        raise invalid("You must pass either percent_off or amount_off.")
    if params.get("id") in store.kinds.get("coupon", {}):
        raise invalid("Coupon already exists.", param="id", code="resource_already_exists")
    coupon = store.create(
        "coupon",
        id=params.get("id") or f"c{store.number('coupon')}",
        amount_off=whole(params, "amount_off"),
        percent_off=float(params["percent_off"]) if "percent_off" in params else None,
        currency=params.get("currency"),
        duration=params.get("duration", "once"),
        duration_in_months=whole(params, "duration_in_months"),
        max_redemptions=whole(params, "max_redemptions"),
        metadata=params.get("metadata") or {},
        name=params.get("name"),
        redeem_by=whole(params, "redeem_by"),
        times_redeemed=0,
        valid=True,
        created=store.now(),
    )
    if params.get("applies_to"):
        coupon["applies_to"] = params["applies_to"]
    emit(store, "coupon.created", coupon)
    return coupon


def create_promotion_code(store: Store, params: Json) -> Json:
    """Make a code that people may type at checkout for a coupon."""
    promotion = params.get("promotion") or {}
    store.get("coupon", promotion.get("coupon"), param="promotion[coupon]")
    return store.create(
        "promotion_code",
        active=True,
        code=params.get("code") or f"CODE{store.number('code')}",
        created=store.now(),
        max_redemptions=whole(params, "max_redemptions"),
        expires_at=whole(params, "expires_at"),
        customer=params.get("customer"),
        metadata=params.get("metadata") or {},
        promotion={"type": "coupon", "coupon": promotion["coupon"]},
        restrictions={
            "first_time_transaction": False,
            "minimum_amount": None,
            "minimum_amount_currency": None,
        },
        times_redeemed=0,
    )
