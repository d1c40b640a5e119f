"""Quotes and invoices as PDF, drawn from their rows alone: what was agreed, not what holds today."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from billing.models import Quote

STYLE = Path(__file__).with_name("paper.css")


def quote_pdf(quote: Quote) -> bytes:
    """Draw a quote."""
    return _draw(quote, invoice=False)


def invoice_pdf(quote: Quote) -> bytes:
    """Draw the invoice of an accepted quote. Raises Invoice.DoesNotExist where there is none yet."""
    return _draw(quote, invoice=True)


def _draw(quote: Quote, *, invoice: bool) -> bytes:
    from weasyprint import CSS, HTML  # noqa: PLC0415 - half a second, which no start of the site should wait for
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    context = {
        "quote": quote,
        "invoice": quote.invoice if invoice else None,
        "seller": settings.INVOICE_SELLER,
        "unit": dollars(quote.unit_cents),
        "net": dollars(quote.net_cents),
        "tax": dollars(quote.tax_cents),
        "total": dollars(quote.total_cents),
    }
    page = HTML(string=render_to_string("billing/paper.html", context), url_fetcher=URLFetcher(allowed_protocols=()))
    return bytes(page.write_pdf(stylesheets=[CSS(filename=STYLE)], pdf_variant="pdf/ua-1"))


def dollars(cents: int) -> str:
    """Write an amount as it stands on paper."""
    return f"$ {cents // 100:,}.{cents % 100:02d}"
