"""Scenes out of an operator's own checkout, each with all it needs from its file. Nothing is ever fetched."""
