"""A served model behind any OpenAI-compatible endpoint, and the writer that works with it."""
