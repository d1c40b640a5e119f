"""Pictures with every glyph put where it is used: what they show, without the names they give to glyphs."""

import re

DEFINITION = re.compile(r"<path id='([^']*)' d='([^']*)'/>\n")
USE = re.compile(r"xlink:href='#([^']*)'")
SIGNATURE = re.compile(r"<!--.*?-->\n|(?<=<g id='page)\d+(?=')")


def resolved(svg: str) -> str:
    outlines = dict(DEFINITION.findall(svg))
    return USE.sub(lambda use: f"d='{outlines[use.group(1)]}'", DEFINITION.sub("", SIGNATURE.sub("", svg)))
