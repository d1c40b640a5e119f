"""Whether a text fits a classroom: what a teacher asks for, and what a class would see. See docs/screening.md."""

from generation.engine.screening.finding import Finding
from generation.engine.screening.orders import Worksheet, set_aside
from generation.engine.screening.screen import screen

__all__ = ["Finding", "Worksheet", "screen", "set_aside"]
