"""Code that reaches beyond drawing is refused before anything runs, with the rule and the line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from generation.engine.policy import MOST_BYTES, check

HEAD = "from manim import *\nfrom theorama_kit import *\nimport numpy as np\nimport math\nimport random\n"

REFUSED = {
    "S01 os": ("import os", "import"),
    "S01 subprocess": ("from subprocess import run", "import"),
    "S01 importlib": ("import importlib", "import"),
    "S01 a part of numpy": ("import numpy.f2py", "import"),
    "S01 a module of Manim": ("from manim.utils import commands", "import"),
    "S01 relative": ("from . import x", "import"),
    "S01 inside a function": ("def f():\n    import socket", "import"),
    "S01 a star from numpy": ("from numpy import *", "import"),
    "S01 an allowed module's hidden name": ("from math import __loader__", "import"),
    "S02 run a command": ('capture(["sh", "-c", "id"])', "name"),
    "S02 by import": ("from manim import capture", "import"),
    "S02 wipe a folder": ("guarantee_empty_existence(1)", "name"),
    "S02 the console": ('console.save_text("x")', "name"),
    "S03 walk the classes": ("().__class__.__base__.__subclasses__()", "private"),
    "S03 by a name": ("x = __builtins__", "private"),
    "S03 mro": ("int.mro()", "attribute"),
    "S04 eval": ('eval("1")', "name"),
    "S04 under another name": ("e = eval", "name"),
    "S04 open": ('open("x")', "name"),
    "S04 getattr": ('getattr(1, "real")', "name"),
    "S04 globals": ("globals()", "name"),
    "S04 type": ("type(1)", "name"),
    "S04 import by name": ('__import__("os")', "private"),
    "S05 eval as a value": ('list(map(eval, ["1"]))', "name"),
    "S05 exec as a key": ("sorted([1], key=exec)", "name"),
    "S06 format that looks inside": ('"{0.__class__}".format(1)', "format"),
    "S06 by index": ('"{0[x]}".format({})', "format"),
    "S06 nested": ('"{0:{0.x}}".format(1)', "format"),
    "S06 template from elsewhere": ('t = "{}"\nt.format(1)', "format"),
    "S06 the method as a value": ('f = "{}".format', "attribute"),
    "S06 format_map": ('"{x}".format_map({})', "attribute"),
    "S07 an exception by name": ("try:\n    1 / 0\nexcept ValueError as e:\n    x = e", "syntax"),
    "S07 frames": ("x = 1\nx.tb_frame", "attribute"),
    "S07 except everything": ("try:\n    pass\nexcept:\n    pass", "syntax"),
    "S07 except star": ("try:\n    pass\nexcept* ValueError:\n    pass", "syntax"),
    "S08 generator frame": ("(x for x in ()).gi_frame", "attribute"),
    "S09 full-width eval": ('\uff45val("1")', "characters"),
    "S09 full-width dunder": ("(1)._\uff3fclass__", "characters"),
    "S10 random's modules": ("random._os", "attribute"),
    "S10 Manim's modules": ("utils.file_ops", "name"),
    "S10 numpy's modules": ("np.ctypeslib.ctypes", "attribute"),
    "S10 numpy as a value": ("x = np", "name"),
    "S10 config as a value": ("x = config", "name"),
    "S10 an alias of numpy": ("import numpy as sneaky\nsneaky.fromfile", "attribute"),
    "S10 a generator's own machinery": (
        "class A:\n    bit_generator = 1\nnp.random.default_rng(1).bit_generator",
        "attribute",
    ),
    "S10 the scene's modules": ("scene.scene.threading", "name"),
    "M01 input": (r'Tex(r"\input{/etc/passwd}")', "tex"),
    "M01 openin": (r'MathTex(r"\newread\f\openin\f=x")', "tex"),
    "M01 joined": (r'Tex("\\in" + "put{x}")', "tex"),
    "M01 spelled by code": (r'Tex("^^5cinput{x}")', "tex"),
    "M01 csname": (r'Tex(r"\csname input\endcsname x")', "tex"),
    "M01 in an f-string": (r'Tex(rf"\input{1}")', "tex"),
    "M01 any character after the carets": (r'Tex("\^^)nput{x}")', "tex"),
    "M01 as an environment": (r'Tex(r"\begin{input}{x}")', "tex"),
    "M01 as the environment of Manim's own": ('Tex("x", tex_environment="input")', "tex"),
    "M01 by the newer layer of LaTeX": (r'Tex(r"\ExplSyntaxOn\file_input:n{x}")', "tex"),
    "M01 by a name": (r'Tex(r"\UseName{input}{x}")', "tex"),
    "M02 write18": (r'Tex(r"\immediate\write18{id}")', "tex"),
    "M02 pipe": ('Tex(r"\\input|\\"id\\"")', "tex"),
    "M02 another compiler": ('TexTemplate(tex_compiler="lualatex")', "tex"),
    "M02 a compiler set later": ('t = TexTemplate()\nt.tex_compiler = "lualatex"', "attribute"),
    "M02 a preamble of its own": (r'TexTemplate().add_to_preamble(r"\input{x}")', "tex"),
    "M03 a source file": ('Code(code_file="/etc/passwd")', "file"),
    "M03 a source file by place": ('Code("/etc/passwd")', "file"),
    "M03 hidden in a dictionary": ('Code(**{"code_file": "x"})', "file"),
    "M03 Code under another name": ("C = Code", "name"),
    "M03 Code's child": ("class C(Code):\n    pass", "name"),
    "M03 an SVG file": ('SVGMobject("../x.svg")', "name"),
    "M03 an image file": ('ImageMobject("/x.png")', "file"),
    "M03 an image by a variable": ("def f(p):\n    return ImageMobject(p)", "file"),
    "M03 an image by a string out of numpy": ('ImageMobject(np.take(["/x.png"], 0))', "file"),
    "M04 fromfile": ('np.fromfile("x")', "attribute"),
    "M04 load": ('np.load("x")', "attribute"),
    "M04 tofile": ('np.zeros(3).tofile("x")', "attribute"),
    "M04 ctypes": ("np.zeros(3).ctypes", "attribute"),
    "M04 memmap by import": ("from numpy import memmap", "import"),
    "M05 media folder": ('config.media_dir = "/x"', "attribute"),
    "M05 by key": ('config["media_dir"]', "attribute"),
    "M05 tempconfig": ("tempconfig({})", "name"),
    "M05 update": ("config.update({})", "attribute"),
    "M06 set a hidden name": ('Square().set(**{"__class__": 1})', "call"),
    "M06 set as a value": ("f = Square().set", "call"),
    "M06 set by Mobject's magic": (
        "class A:\n    def set_renderer(self):\n        pass\nSquare().set_renderer(1)",
        "attribute",
    ),
    "M07 sound": ('class S(Scene):\n    def construct(self):\n        self.add_sound("x")', "attribute"),
    "M07 font": ('register_font("x")', "name"),
    "M08 path class": ('config.get_dir("x")', "attribute"),
    "the renderer": ("class S(Scene):\n    def construct(self):\n        self.renderer.file_writer", "attribute"),
    "the renderer unlocked": (
        "class S(Scene):\n    renderer = 1\n    def construct(self):\n        self.renderer",
        "attribute",
    ),
    "saving an image": ('Square().save_image("x")', "attribute"),
    "R07 a wait without end": ("class S(Scene):\n    def construct(self):\n        self.wait(10**6)", "bound"),
    "R07 a long animation": ("class S(Scene):\n    def construct(self):\n        self.play(run_time=1e9)", "bound"),
    "R07 frame rate": ("config.frame_rate = 10**6", "bound"),
    "metaclass": ("class A(metaclass=int):\n    pass", "syntax"),
    "with": ('with np.load("x"):\n    pass', "syntax"),
    "async": ("async def f():\n    pass", "syntax"),
    "match": ("match 1:\n    case int():\n        pass", "syntax"),
    "delete": ("x = 1\ndel x", "syntax"),
    "a hook on subclasses": ("class A:\n    def __init_subclass__(cls):\n        pass", "private"),
    "a pickling method": ("class A:\n    def __reduce__(self):\n        return 1", "private"),
    "a hidden attribute of the class": ("class A:\n    __class__ = int", "private"),
    "a loop that sets an attribute": ('for config.media_dir in ["x"]:\n    pass', "attribute"),
    "a condition in an annotation": ("class A:\n    x: open = 1", "name"),
    "global": ("def f():\n    global x", "syntax"),
    "a hidden method": ("class A:\n    def __getattr__(self, n):\n        return 1", "private"),
    "a hidden attribute": ("class A:\n    def f(self):\n        self._x = 1", "private"),
    "an unknown name": ("nonsense()", "name"),
    "not Python": ("def broken(:", "syntax"),
    # a forbidden name that also is bound somewhere: Python would find Manim's or its own
    "bound later": ('capture(["id"])\ncapture = 1', "name"),
    "bound in another function": ("def f():\n    open = 1\ndef g():\n    return open", "name"),
    "bound under a condition": ("if 0:\n    open = 1\nopen", "name"),
    "bound by a loop that never runs": ("for open in []:\n    pass\nopen", "name"),
    "bound in the class after use": (
        "def f():\n    eval = 1\n    class A:\n        x = eval\n        eval = 2",
        "name",
    ),
    "used in its own default": ("def open(x=open):\n    pass", "name"),
    "used in what is looped over": ("[1 for open in [open]]", "name"),
    "bound inside a comprehension": ("[(open, open := 1) for x in [1]]", "syntax"),
    "a star after the binding": ("capture = 1\nfrom manim import *\ncapture", "import"),
    "an import as cover": ("from math import sin as eval\neval", "name"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_its_rule_and_line(name):
    code, rule = REFUSED[name]
    verdict = check(HEAD + code + "\n")
    assert (verdict.allowed, verdict.rule) == (False, rule), verdict
    assert verdict.line is not None
    assert verdict.line > HEAD.count("\n")
    assert verdict.message.endswith((".", "+"))


SOURCES = {
    "NUL": (b"x = 1\0", "characters"),
    "byte order mark": (b"\xef\xbb\xbfx = 1", "encoding"),
    "UTF-16": ("x = 1".encode("utf-16"), "encoding"),
    "not UTF-8": (b"# \xff", "encoding"),
    "another encoding by cookie": (b"# -*- coding: latin-1 -*-\nx = 1", "encoding"),
    "utf-7 cookie": (b"#!x\n# coding=utf-7\n", "encoding"),
    "lone carriage return": (b"# harmless\rimport os\n", "characters"),
    "form feed": (b"x = 1\n\x0cimport os\n", "characters"),
    "escape sequence": (b"# \x1b[2K\n", "characters"),
    "direction change": ("# \u202e x".encode(), "characters"),
    "invisible space": ("x\u200b = 1".encode(), "characters"),
    "line separator": ("# x\u2028import os".encode(), "characters"),
    "too large": (b"x = 1\n" * (MOST_BYTES // 6 + 1), "size"),
    "half a surrogate": ("x = '\ud800'", "encoding"),
    "deep brackets": (b"x = " + b"(" * 5000 + b")" * 5000, "syntax"),
    "a long chain": (b"x = " + b"+".join([b"1"] * 20000), "depth"),
    "deep attributes": (b"x = a" + b".b" * 20000, "depth"),
    "deep minus": (b"x = " + b"-" * 50000 + b"1", "depth"),
    "deep blocks": "".join(" " * n + "if 1:\n" for n in range(150)).encode() + b" " * 150 + b"pass\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_hostile_text_is_refused(name):
    given = SOURCES[name]
    source, rule = given if isinstance(given, tuple) else (given, "syntax")
    verdict = check(source)
    assert not verdict.allowed
    assert verdict.rule in {rule, "depth", "syntax"}
    assert verdict.message


def test_nothing_is_run_while_checking(tmp_path):
    """Decorators, defaults, class bodies and annotations: validators elsewhere ran them. (P-S12)"""
    place = tmp_path / "ran"
    act = f"open({str(place)!r}, 'w')"
    control = {}
    exec(f"def f(x={act}): pass", control)
    assert place.exists()
    place.unlink()
    for code in (f"@{act}\ndef f(): pass", f"def f(x={act}): pass", f"class A:\n    {act}", f"def f(x: {act}): pass"):
        assert not check(code).allowed
    assert not place.exists()


def test_the_command_answers_in_one_line(tmp_path, capsys):
    bad, good = tmp_path / "bad.py", tmp_path / "good.py"
    bad.write_text("from manim import *\nimport os\n")
    good.write_text("from manim import *\nclass A(Scene):\n    def construct(self):\n        self.wait()\n")
    answers = []
    for path in (bad, good, tmp_path / "missing.py", tmp_path):
        with pytest.raises(SystemExit) as left:
            call_command("policy", "check", str(path), "--json")
        out = capsys.readouterr().out
        assert out.count("\n") == 1
        answers.append((left.value.code, json.loads(out)))
    assert [code for code, _ in answers] == [1, 0, 1, 1]
    assert answers[0][1] == {
        "allowed": False,
        "rule": "import",
        "line": 2,
        "message": "Importing os is not allowed in a scene.",
    }
    assert [answer["rule"] for _, answer in answers[1:]] == ["", "unreadable", "unreadable"]


def test_a_pipe_does_not_hold_the_command_up(tmp_path: Path, capsys):
    import os

    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(SystemExit) as left:
            call_command("policy", "check", str(place), "--json")
        assert left.value.code == 1
        assert json.loads(capsys.readouterr().out)["rule"] == "unreadable"


def test_long_rows_of_backslashes_and_carets_are_checked_quickly():
    for text in ("\\\\" * 16_000, "|" + " " * 32_000, "\\begin{" * 8_000, "\\" + "@" * 60_000):
        began = time.process_time()
        check(f"x = {text!r}\n"[:MOST_BYTES])
        assert time.process_time() - began < 0.5
