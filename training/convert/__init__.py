"""From ManimGL to Manim Community: rules, what they leave, and whether the result is sound."""

from __future__ import annotations

from training.convert.code import Left
from training.convert.conversion import Converted, convert

__all__ = ["Converted", "Left", "convert"]
