"""What the installed Manim has: an index made by introspection and a checker that reads code against it."""

from __future__ import annotations

from generation.engine.apiindex.check import ApiFault, check_api, index
from generation.engine.apiindex.index import Index, Signature, index_file

__all__ = ["ApiFault", "Index", "Signature", "check_api", "index", "index_file"]
