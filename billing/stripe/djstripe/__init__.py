"""dj-stripe's tables, made by one migration of ours."""
