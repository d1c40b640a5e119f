"""Scenes come out whole, with what they need; what can't be converted is said; the checkout is only read."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from dulwich import porcelain

from tests.training.convert.corpora import checkout
from training.errors import TrainingFault
from training.extract import tokens
from training.extract.checkout import UNKNOWN, open_checkout, spdx_of
from training.extract.corpus import extract, read, summary
from training.extract.scenes import EARLY, LATE, MIDDLE, Extracted, scenes_of

HEAD = "from manim_imports_ext import *\n\n\n"
SCENE = "class A(Scene):\n    def construct(self):\n        {}\n"


def one(text: str, path: str = "a.py") -> Extracted:
    found = scenes_of(text, path)
    assert len(found) == 1, found
    return found[0]


def test_a_scene_brings_what_it_needs_from_its_file_and_nothing_else():
    found = scenes_of(
        HEAD + "N = 3\nM = 4\n\n\n# How many\ndef many():\n    return N\n\n\nclass Part(VGroup):\n    size = M\n\n\n"
        "class Other(VGroup):\n    pass\n\n\n"
        "class Base(Scene):\n    def construct(self):\n        self.wait(many())\n\n\n"
        "class A(Base):\n    pass\n\n\nclass B(Scene):\n    def construct(self):\n        self.add(Part())\n",
        "x.py",
    )
    assert [each.scene for each in found] == ["Base", "A", "B"]
    assert "class Base" in found[1].source
    assert "# How many\ndef many" in found[1].source
    assert "N = 3" in found[1].source
    assert "Part" not in found[1].source
    assert "M = 4" in found[2].source
    assert "Other" not in found[2].source
    assert all(each.convertible for each in found)
    assert found[1].bases == ("Scene",)


def test_only_imports_in_use_come_along():
    found = one("import math\nimport random\n" + HEAD + SCENE.format("self.wait(math.pi)"))
    assert found.source.startswith("from manim_imports_ext import *\nimport math\n")
    assert "random" not in found.source


def test_a_class_without_anything_to_construct_is_no_scene():
    assert (
        scenes_of(
            HEAD + "class A(Scene):\n    pass\n\n\nclass B(VGroup):\n    def construct(self):\n        pass\n", "a.py"
        )
        == ()
    )


@pytest.mark.parametrize(
    ("line", "kind", "what"),
    [
        ("self.add(Randolph())", "pi_creatures", "Randolph"),
        ("self.teacher_says('a')", "pi_creatures", "teacher_says"),
        ("self.add(SVGMobject('bird'))", "assets", "SVGMobject"),
        ("open('a')", "assets", "open"),
        ("self.add(GlowDot())", "gl_only", "GlowDot"),
        ("x = Dot().set_clip_plane(UP, 1)", "gl_only", "set_clip_plane"),
        ("self.add(Clock())", "no_equal", "Clock"),
        ("self.add(unheard_of())", "undefined_names", "unheard_of"),
    ],
)
def test_what_keeps_a_scene_from_being_converted_is_named(line, kind, what):
    found = one(HEAD + SCENE.format(line))
    assert (kind, what) in {(each.kind, each.what) for each in found.blockers}
    assert not found.convertible


def test_modules_that_are_not_here_block_only_the_scenes_that_use_them():
    text = "import torch\nfrom .near import thing\n" + HEAD + SCENE.format("self.wait(torch.ones(1))")
    text += "\n\nclass B(Scene):\n    def construct(self):\n        self.add(thing())\n"
    text += "\n\nclass C(Scene):\n    def construct(self):\n        self.wait()\n"
    found = scenes_of(text, "a.py")
    assert [[each.kind for each in scene.blockers] for scene in found] == [["third_party"], ["cross_file"], []]


def test_an_own_method_by_a_pi_creature_s_word_blocks_nothing():
    assert one(
        HEAD + "class A(Scene):\n    def blink(self):\n        pass\n\n    def construct(self):\n        self.blink()\n"
    ).convertible


def test_a_file_that_can_t_be_read_is_one_blocked_row():
    found = one("from manimlib import *\nclass :\n")
    assert [each.kind for each in found.blockers] == ["unparsable"]


@pytest.mark.parametrize(
    ("body", "generation"),
    [
        ("f = OldTex('a')\n        self.play(f.shift, UP)", EARLY),
        ("f = OldTex('a')\n        self.play(f.animate.shift(UP))", MIDDLE),
        ("f = Tex('a', t2c={})", LATE),
    ],
)
def test_each_of_the_three_ways_of_writing_is_told_apart(body, generation):
    assert one(HEAD + SCENE.format(body)).generation == generation


def test_an_id_stays_the_same_when_only_other_scenes_change():
    text = HEAD + SCENE.format("self.wait()")
    more = text + "\n\nclass B(Scene):\n    def construct(self):\n        self.wait()\n"
    assert scenes_of(more, "a.py")[0].id == one(text).id
    assert one(text.replace("wait()", "wait(2)")).id != one(text).id
    assert one(text).id.startswith("a.py::A@")


def test_tokens_are_counted():
    assert tokens.count("self.wait()") == 5
    assert tokens.count("") == 0


def test_a_checkout_tells_its_commit_and_licence(tmp_path):
    root = checkout(tmp_path / "videos", "held_out")
    porcelain.init(root)
    porcelain.add(root, [str(root / "LICENSE")])
    commit = porcelain.commit(root, b"first", author=b"A <a@example.com>", committer=b"A <a@example.com>")
    found = open_checkout(root)
    assert found.commit == commit.decode()
    assert (found.licence.file, found.licence.spdx) == ("LICENSE", "MIT")
    assert open_checkout(checkout(tmp_path / "plain", "held_out")).commit == ""


@pytest.mark.parametrize(
    ("words", "spdx"),
    [
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International", "CC-BY-NC-SA-4.0"),
        ("Do what you like.", UNKNOWN),
    ],
)
def test_a_licence_is_known_by_its_own_words(words, spdx):
    assert spdx_of(words) == spdx


def test_a_folder_that_is_no_checkout_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(TrainingFault, match="is not a folder"):
        open_checkout(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingFault, match="holds no Python file"):
        open_checkout(tmp_path / "empty")
    bare = checkout(tmp_path / "bare", "held_out")
    (bare / "LICENSE").unlink()
    with pytest.raises(TrainingFault, match="has no licence file"):
        open_checkout(bare)


def test_a_link_that_leads_out_of_the_checkout_is_not_followed(tmp_path):
    root = checkout(tmp_path / "videos", "held_out")
    (tmp_path / "secret.py").write_text(HEAD + SCENE.format("self.wait()"))
    (root / "leak.py").symlink_to(tmp_path / "secret.py")
    assert "leak.py" not in {each.name for each in open_checkout(root).files()}


def test_names_of_a_checkout_s_own_files_are_followed(tmp_path):
    root = tmp_path / "videos"
    (root / "custom").mkdir(parents=True)
    (root / "LICENSE").write_text("MIT")
    (root / "manim_imports_ext.py").write_text(
        "from manimlib import *\nfrom custom.friends import *\nfrom kit import *\n"
    )
    (root / "custom" / "friends.py").write_text("class Friend(VGroup):\n    pass\n")
    (root / "kit.py").write_text("def handy():\n    pass\n")
    (root / "a.py").write_text(HEAD + SCENE.format("self.add(Friend())"))
    (root / "b.py").write_text(HEAD + SCENE.format("handy()"))
    extract(open_checkout(root), tmp_path / "out.jsonl")
    kinds = {each.path: [blocker.kind for blocker in each.blockers] for each in read(tmp_path / "out.jsonl").scenes}
    assert kinds == {"a.py": ["pi_creatures"], "b.py": ["cross_file"]}


def test_an_extraction_that_was_stopped_goes_on_and_ends_the_same(tmp_path):
    root = open_checkout(checkout(tmp_path / "videos", "held_out"))

    def stop(done: int, of: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(root, tmp_path / "out.jsonl", stop)
    half = (tmp_path / "out.jsonl").read_text().count("\n")
    (tmp_path / "out.jsonl").open("a").write('{"id": "torn')
    whole = extract(root, tmp_path / "out.jsonl")
    extract(root, tmp_path / "other.jsonl")
    assert (tmp_path / "out.jsonl").read_text() == (tmp_path / "other.jsonl").read_text()
    assert (tmp_path / "out.jsonl").read_text().count("\n") > half
    assert whole == summary(read(tmp_path / "other.jsonl"))
    assert (whole.files, whole.scenes) == (12, 25)
    assert whole.by_blocker["pi_creatures"] == 2


def test_both_commands_from_a_checkout_to_a_report(tmp_path):
    root = checkout(tmp_path / "videos", "held_out")
    before = sorted((each, each.stat().st_mtime_ns) for each in root.rglob("*"))
    screen = StringIO()
    call_command("training", "extract", checkout=root, out=tmp_path / "scenes.jsonl", stdout=screen)
    assert "12 files, 25 scenes, 22 of them stand on their own." in screen.getvalue()
    call_command("training", "convert", source=tmp_path / "scenes.jsonl", out=tmp_path / "ce.jsonl", stdout=screen)
    assert "22 scenes converted; 3 can't be and were left out." in screen.getvalue()
    made = json.loads((tmp_path / "ce.report.json").read_text())
    assert made["yields"]["all"]["scenes"] == 22
    assert sorted((each, each.stat().st_mtime_ns) for each in root.rglob("*")) == before


def test_commands_say_what_is_wrong_and_what_to_do(tmp_path):
    with pytest.raises(CommandError, match=r"is not a folder\. Give the folder of your own checkout"):
        call_command("training", "extract", checkout=tmp_path / "none", out=tmp_path / "x")
    with pytest.raises(CommandError, match="holds no extracted scenes"):
        call_command("training", "convert", source=tmp_path / "none", out=tmp_path / "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_plainly(tmp_path):
    root = checkout(tmp_path / "videos", "held_out")
    extract(open_checkout(root), tmp_path / "scenes.jsonl")
    (tmp_path / ".ce.jsonl.new").symlink_to("/dev/full")
    with pytest.raises(CommandError, match=r"The disk is full\. Free some space"):
        call_command("training", "convert", source=tmp_path / "scenes.jsonl", out=tmp_path / "ce.jsonl")
    assert os.path.lexists(tmp_path / "scenes.jsonl")
