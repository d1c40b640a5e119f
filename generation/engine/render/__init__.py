"""Draws scenes: a warm daemon, one jailed child per request, and a trusted encoder outside the jail."""

from generation.engine.render.client import Renderer

__all__ = ["Renderer"]
