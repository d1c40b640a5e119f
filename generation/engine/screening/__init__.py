"""Whether a text fits a classroom: what a teacher asks for, and what a class would see. See docs/screening.md."""

from generation.engine.screening.finding import Finding
from generation.engine.screening.orders import Worksheet, set_aside
from generation.engine.screening.screen import screen, screen_request

__all__ = ["Finding", "Worksheet", "screen", "screen_request", "set_aside"]
