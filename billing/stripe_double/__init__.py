"""A double of Stripe, true to its protocol, for tests and for a laptop: docs/stripe.md says what it can and cannot do.

It is reached through Stripe's own SDK, as Stripe is: in the process (`client.InProcess`) or over HTTP (`server`).
Plain Python, no Django. The production settings refuse it.
"""
