"""People, schools, roles and API keys."""
