"""Tags of pages about payments."""
