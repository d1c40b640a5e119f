"""The scene kit: one plain module that scenes import inside the jail and that every export carries along."""

from pathlib import Path

KIT_FOLDER = Path(__file__).resolve().parent
KIT_FILE = KIT_FOLDER / "theorama_kit.py"
KIT_SOURCE = KIT_FILE.read_text(encoding="utf-8") if KIT_FILE.exists() else ""
