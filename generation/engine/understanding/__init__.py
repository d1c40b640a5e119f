"""What a prompt asks for: which template of the library, with which knob values, and how sure that is."""

from generation.engine.understanding.reader import understand

__all__ = ["understand"]
