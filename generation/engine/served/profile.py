"""What is asked differently of a small model on a processor than of a large one on a graphics card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generation.engine.served.request import Patience, Sampling


@dataclass(frozen=True, slots=True)
class Profile:
    """How a model is worked with."""

    name: str
    patience: Patience
    sampling: Sampling
    rounds: int = 2  # of repair
    parallel: int = 4  # scenes at a time
    plans: bool = True  # several scenes along a storyboard of its own; else one scene
    whole_card: bool = True  # the kit and signatures in full; else a page that a slow machine reads in seconds
    fills: bool = False  # knobs that the rules could not read
    experimental: bool = False  # what it makes is told to be checked


LARGE = Profile("large", Patience(), Sampling())
# Waits are long because a processor reads 30 tokens a second while something is drawn beside it. Whatever it is asked
# at temperature 0 it answers the same way again, so a second round of repair only helps where the message differs.
SMALL = Profile(
    "small",
    patience=Patience(first_token_seconds=240.0, total_seconds=420.0, retries=1),
    sampling=Sampling(temperature=0.0, max_tokens=1024),
    parallel=1,
    plans=False,
    whole_card=False,
    fills=True,
    experimental=True,
)
PROFILES: Mapping[str, Profile] = MappingProxyType({each.name: each for each in (LARGE, SMALL)})
