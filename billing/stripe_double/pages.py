"""The double's hosted pages, for a person at a laptop: checkout, the portal, and a desk for time and bad days."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from billing.stripe_double import checkout, customers
from billing.stripe_double.errors import Json
from billing.stripe_double.store import Store

CARD_WORDS = {
    "4242424242424242": "Good card",
    "4000000000000002": "Refused by the bank",
    "4000000000009995": "Not enough money on it",
    "4000000000000341": "Refused when it is charged",
    "4000002500003155": "Bank asks for a confirmation (refused at renewals)",
}
STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}
label{display:block;margin:.75rem 0 .25rem}input,select,button{font:inherit;padding:.4rem .6rem}
.banner{background:#fff3c4;padding:.5rem .75rem}.bad{background:#fde2e2;padding:.5rem .75rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem;border-bottom:1px solid #ccc}"""


def page(title: str, body: str) -> str:
    """Return a whole page, which says at its top that nobody pays here."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
        '<p class="banner" role="note">This is a double of Stripe on your own machine. No money moves.</p>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )


def money(cents: int, currency: str = "usd") -> str:
    """Write cents as people do."""
    return f"{'-' if cents < 0 else ''}{abs(cents) / 100:,.2f} {currency.upper()}"


def _cards() -> str:
    options = "".join(f'<option value="{number}">{number}: {words}</option>' for number, words in CARD_WORDS.items())
    return f'<label for="card">Card</label><select id="card" name="card">{options}</select>'


def pay(store: Store, session: Json, *, refused: str = "") -> str:
    """The checkout page."""
    lines = "".join(
        f"<tr><td>{escape(each['description'])}</td><td>{each['quantity']}</td>"
        f"<td>{money(each['amount_total'], each['currency'])}</td></tr>"
        for each in checkout.lines_of(store, session["id"])
    )
    trial = store.kinds["session_detail"][session["id"]]["subscription_data"].get("trial_period_days")
    fields = "".join(
        f'<label for="{escape(each["key"])}">{escape(each["label"]["custom"])}</label>'
        f'<input id="{escape(each["key"])}" name="field:{escape(each["key"])}">'
        for each in session["custom_fields"]
    )
    code = '<label for="code">Promotion code</label><input id="code" name="code">'
    taxes = (
        '<label for="vat">VAT number (EU)</label><input id="vat" name="vat" placeholder="DE123456789">'
        if session["tax_id_collection"]["enabled"]
        else ""
    )
    return page(
        "Checkout",
        (f'<p class="bad" role="alert">{escape(refused)}</p>' if refused else "")
        + f"<table><thead><tr><th>What</th><th>How many</th><th>Price</th></tr></thead><tbody>{lines}</tbody></table>"
        + f"<p>Discount {money(session['total_details']['amount_discount'])}, "
        + f"<strong>to pay {money(session['amount_total'])}</strong>"
        + (f", first after {escape(str(trial))} days free" if trial else "")
        + f'</p><form method="post">{_cards()}<label for="name">Name</label><input id="name" name="name">'
        + '<label for="country">Country</label><input id="country" name="country" maxlength="2" placeholder="US">'
        + f"{fields}{taxes}{code if session['allow_promotion_codes'] else ''}"
        + '<p><button name="act" value="pay">Pay</button></p></form>'
        + f'<p><a href="{escape(session["cancel_url"] or "/")}">Go back without paying</a></p>',
    )


def portal(store: Store, session: Json, *, said: str = "") -> str:
    """The billing page of a customer."""
    customer = store.get("customer", session["customer"])
    subscriptions = "".join(_subscription(each) for each in store.all("subscription", customer=customer["id"])[::-1])
    invoices = "".join(
        f"<tr><td>{escape(each['number'] or 'draft')}</td><td>{_day(each['created'])}</td>"
        f"<td>{money(each['total'], each['currency'])}</td><td>{each['status']}</td><td>{_pay_button(each)}</td></tr>"
        for each in store.all("invoice", customer=customer["id"])[::-1]
    )
    card = customers.card_of(store, customer)
    shown = f"ends in {card['card']['last4']}" if card else "none"
    return page(
        "Billing",
        (f'<p class="bad" role="status">{escape(said)}</p>' if said else "")
        + f"<p>{escape(customer['email'] or '')}. Default card: {shown}.</p>"
        + f'<form method="post">{_cards()}<p><button name="act" value="card">Use this card</button></p></form>'
        + f"<h2>Plans</h2>{subscriptions or '<p>None.</p>'}<h2>Invoices</h2><table>"
        + "<thead><tr><th>Number</th><th>Day</th><th>Sum</th><th>State</th><th></th></tr></thead>"
        + f"<tbody>{invoices}</tbody></table>"
        + f'<p><a href="{escape(session["return_url"] or "/")}">Back to the site</a></p>',
    )


def _subscription(found: Json) -> str:
    item = found["items"]["data"][0]
    act, words = ("keep", "Keep it") if found["cancel_at_period_end"] else ("cancel", "Cancel")
    button = (
        f'<form method="post"><input type="hidden" name="key" value="{found["id"]}">'
        f'<button name="act" value="{act}">{words}</button></form>'
        if found["status"] in {"active", "trialing", "past_due"}
        else ""
    )
    ends = ", ends then" if found["cancel_at_period_end"] else ""
    return (
        f"<p>{escape(item['price']['metadata'].get('plan', item['price']['id']))}, {item['quantity']} seats: "
        f"<strong>{found['status']}</strong>, until {_day(item['current_period_end'])}{ends}</p>{button}"
    )


def _pay_button(invoice: Json) -> str:
    if invoice["status"] != "open":
        return ""
    return (
        f'<form method="post"><input type="hidden" name="key" value="{invoice["id"]}">'
        '<button name="act" value="pay">Pay</button></form>'
    )


def desk(store: Store) -> str:
    """Where time goes on, and where one sees what was sent."""
    waiting = len(store.pending)
    rows = "".join(
        f"<tr><td>{_day(each['created'])}</td><td>{escape(each['type'])}</td></tr>"
        for each in store.all("event")[:-40:-1]
    )
    buttons = "".join(f'<button name="days" value="{days}">{days} days on</button> ' for days in (1, 4, 15, 32, 366))
    return page(
        "The desk",
        f"<p>It is {_day(store.now())} here. {waiting} deliveries wait.</p>"
        f'<form method="post">{buttons}</form><h2>What happened last</h2><table><tbody>{rows}</tbody></table>',
    )


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%-d %b %Y, %H:%M")
