"""Stripe: checkout, the portal, changes, webhooks and what keeps our rows equal to Stripe's. See docs/stripe.md."""
