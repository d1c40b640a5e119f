"""`platform/` is a folder of ours and a module of Python's; both must live."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHOW = "import platform; assert platform.system(); print(platform.__file__)"


def run(*command: str, folder: Path = ROOT, **variables: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "DEBUG": "yes"} | variables
    for name in ("DATA_DIR", "LD_LIBRARY_PATH"):
        if name in os.environ:
            environment[name] = os.environ[name]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_is_the_standard_library(output: str) -> None:
    module = Path(output.strip().splitlines()[-1])
    assert module.name == "platform.py"
    assert ROOT / "platform" not in module.parents


def test_the_platform_folder_is_not_a_package():
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_a_package_would_indeed_hide_the_standard_library(tmp_path):
    (tmp_path / "platform").mkdir()
    (tmp_path / "platform" / "__init__.py").touch()
    done = subprocess.run([sys.executable, "-c", SHOW], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_no_tests_live_in_a_folder_named_platform():
    assert not (ROOT / "tests" / "platform").exists()


@pytest.mark.parametrize("path", ["", "platform"])
def test_python_started_in_the_root_finds_the_standard_library(path):
    assert_is_the_standard_library(run(sys.executable, "-c", SHOW, PYTHONPATH=path))


def test_the_tests_find_the_standard_library():
    import platform

    assert platform.system()
    assert_is_the_standard_library(str(platform.__file__))


def test_manage_py_finds_the_standard_library():
    assert_is_the_standard_library(run(sys.executable, "manage.py", "shell", "--no-imports", "-c", SHOW))


def test_the_asgi_application_finds_the_standard_library():
    code = f"import sys; sys.path[:0] = ['platform']; import config.asgi; {SHOW}"
    assert_is_the_standard_library(run(sys.executable, "-c", code))


def test_a_worker_finds_the_standard_library():
    code = (
        "import sys; sys.path[:0] = ['platform']; import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; "
        f"from config.celery import app; app.loader.init_worker(); app.finalize(); {SHOW}"
    )
    assert_is_the_standard_library(run(sys.executable, "-c", code))


def test_no_module_of_ours_hides_one_of_the_standard_library():
    ours = {path.stem for folder in (ROOT, ROOT / "platform") for path in folder.glob("*.py")}
    ours |= {path.parent.name for folder in (ROOT, ROOT / "platform") for path in folder.glob("*/__init__.py")}
    assert not ours & set(sys.stdlib_module_names)
