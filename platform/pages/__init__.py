"""The pages people meet first: landing, the prompt, the dashboard."""
