"""What an account may do: tiers, quotas, and who pays for them."""
