"""What keeps a scene from ever being converted, so that no work is lost on it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

PI_CREATURES = "pi_creatures"
CROSS_FILE = "cross_file"
ASSETS = "assets"
GL_ONLY = "gl_only"
THIRD_PARTY = "third_party"
NO_EQUAL = "no_equal"
UNDEFINED = "undefined_names"
UNPARSABLE = "unparsable"
KINDS = (PI_CREATURES, CROSS_FILE, ASSETS, GL_ONLY, THIRD_PARTY, NO_EQUAL, UNDEFINED, UNPARSABLE)


@dataclass(frozen=True, slots=True, order=True)
class Blocker:
    """One reason, and the name that shows it."""

    kind: str
    what: str


PI_NAMES = frozenset(
    {"Randolph", "Mortimer", "PiCreature", "PiCreatureClass", "PiCreatureScene", "TeacherStudentsScene",
    "MortyPiCreatureScene",
     "Eyes", "PiCreatureSays", "PiCreatureBubbleIntroduction", "RemovePiCreatureBubble", "BabyPiCreature",
     "TauCreature",
     "Mathematician", "FlashThroughClass", "ThreeLeggedPiCreature", "Face", "PatreonThanks", "PatreonEndScreen",
     "EndScreen",
     "OpeningQuote", "Banner", "OpeningTODOScene", "LogoGeneration", "LogoGenerationTemplate", "Car", "MoveCar",
     "SunGlasses",
     "PartyHat", "Headphones", "Guitar", "BitcoinLogo", "AoPSLogo", "PatreonLogo", "ExternallyAnimatedScene",
     "TODOStub",
     "SpeechBubble", "ThoughtBubble", "Bubble", "DoubleSpeechBubble", "OldSpeechBubble", "OldThoughtBubble", "Blink"}
)  # fmt: skip
PI_METHODS = frozenset(
    {"says", "debubble", "change_mode", "blink", "student_says", "teacher_says", "change_student_modes",
    "change_students",
     "change_all_student_modes", "pi_creature_says", "student_thinks", "teacher_thinks", "get_students", "get_bubble"}
)  # fmt: skip
GL_NAMES = {
    "GlowDot": "glow", "GlowDots": "glow", "TrueDot": "a point of the graphics card",
    "TexturedSurface": "a picture on a surface",
    "TimeVaryingVectorField": "a changing field", "AnimatedStreamLines": "running stream lines",
    "SurfaceMesh": "lines on a surface",
    "VHighlight": "several strokes around a shape", "ShaderWrapper": "a shader", "TurnInsideOut": "turning inside out",
    "Disk3D": "a disk in space", "Square3D": "a square in space", "Prismify": "a prism of a shape",
    "DotCloud": "a cloud of dots",
    "Button": "a control", "Checkbox": "a control", "ControlPanel": "a control", "LinearNumberSlider": "a control",
    "Textbox": "a control", "MotionMobject": "a control", "ColorSliders": "a control",
    "EnableDisableButton": "a control",
}  # fmt: skip
GL_METHODS = {
    "set_clip_plane": "cutting off at a plane", "set_color_by_code": "colour worked out by a shader",
    "set_color_by_xyz_func": "colour worked out by a shader", "replace_shader_code": "a shader of its own",
    "set_uniform": "a setting of a shader", "set_uniforms": "a setting of a shader", "set_glow_factor": "glow",
    "set_radii": "dots of several sizes", "color_using_background_image": "a picture as colour",
    "set_rgba_array": "colours given point by point", "set_rgba_array_by_color": "colours given point by point",
    "get_shader_wrapper": "a shader", "shader_folder": "a shader", "uniforms": "a setting of a shader",
}  # fmt: skip
DRAWINGS = {
    "Clock": "a clock face", "ClockPassesTime": "a clock face", "Lightbulb": "a drawing", "Laptop": "a drawing",
    "Speedometer": "a drawing", "VideoIcon": "a drawing", "VideoSeries": "a drawing", "VectorizedEarth": "a drawing",
    "DieFace": "a drawing", "Dartboard": "a drawing", "Piano": "a drawing", "Piano3D": "a drawing",
    "PlayingCard": "a drawing",
    "DeckOfCards": "a drawing", "Logo": "a drawing", "AmbientLight": "a light", "Spotlight": "a light",
    "LightSource": "a light",
    "Lighthouse": "a light", "ReconfigurableScene": "a scene that starts over",
    "ComplexTransformationScene": "a scene of its own",
    "SampleSpaceScene": "a scene of its own", "FlashyFadeIn": "a flash", "COLOR_MAP": "the table of colours",
    "MANIM_COLORS": "the table of colours", "PALETTE": "the table of colours", "SuitSymbol": "a drawing",
}  # fmt: skip
ASSET_NAMES = frozenset(
    {"SVGMobject", "ImageMobject", "VideoMobject", "open", "MEDIA_DIR", "RASTER_IMAGE_DIR", "SVG_IMAGE_DIR",
    "SOUND_DIR",
     "get_full_raster_image_path", "get_full_vector_image_path", "find_file", "get_raster_image_dir", "os", "sys",
     "Image",
     "VMobjectFromSVGPathstring", "Container", "SceneFromVideo", "get_color_field_image_file", "json", "pickle", "wave"}
)  # fmt: skip
# Modules whose names a scene may use: Python's own that do no harm, and what Manim itself needs.
HARMLESS = (
    frozenset({"math", "random", "itertools", "functools", "collections", "typing", "string", "operator", "re",
    "copy", "datetime",
               "fractions", "statistics", "enum", "dataclasses", "abc", "cmath", "colorsys", "textwrap", "bisect",
               "heapq", "time",
               "warnings", "numbers", "decimal", "inspect", "types", "__future__"})
    & sys.stdlib_module_names
) | {"numpy", "scipy", "colour"}  # fmt: skip
FILES = frozenset(
    {"os", "sys", "io", "pathlib", "json", "csv", "pickle", "shutil", "subprocess", "urllib", "wave", "sqlite3"}
)
