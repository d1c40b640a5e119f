"""A small model cut into wheels, and a folder that pip takes for an index."""

from __future__ import annotations

import hashlib
import random
import zipfile
from pathlib import Path

from generation.engine.local.pins import Part, PinnedModel

PARTS = 3


def write_wheel(file: Path, package: str, member: str, content: bytes) -> None:
    name = package.replace("-", "_")
    info = f"{name}-0.2.0.dist-info"
    files = {
        f"{name}/__init__.py": b"raise SystemExit('a parcel must never be imported')\n",
        member: content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.2.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files.items():
            wheel.writestr(path, data)


def make_model(index: Path) -> PinnedModel:
    """Put the wheels of a model of 300 kB into `index` and return what is pinned of them."""
    index.mkdir(parents=True, exist_ok=True)
    random.seed(7)
    slices = [random.randbytes(100_000) for _ in range(PARTS)]
    parts = []
    for number, content in enumerate(slices, start=1):
        package, member = f"tiny-model-part{number}", f"tiny_model_part{number}/data/part{number:02d}.bin"
        wheel = index / f"tiny_model_part{number}-0.2.0-py3-none-any.whl"
        write_wheel(wheel, package, member, content)
        raw = wheel.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        parts.append(Part(package, "0.2.0", wheel.name, len(raw), digest, member, len(content)))
    whole = b"".join(slices)
    digest = hashlib.sha256(whole).hexdigest()
    return PinnedModel("Tiny", "tiny.gguf", len(whole), digest, "Apache-2.0", "a test", tuple(parts))
