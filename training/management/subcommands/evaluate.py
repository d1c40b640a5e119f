"""`manage.py training evaluate`: scores a model behind any OpenAI-compatible server, or answers that were stored."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, OutputWrapper
from rich.console import Console
from rich.progress import Progress

from generation.engine.errors import EngineError, NotServed
from generation.engine.render.client import Renderer
from generation.engine.scorecard import comparing, page, report, suite
from generation.engine.scorecard.journal import Journal
from generation.engine.scorecard.measuring import Bench
from generation.engine.scorecard.rows import Row
from generation.engine.scorecard.suite import Prompt
from generation.engine.scorecard.writers import ModelWriter, Write
from generation.engine.served.client import ModelClient
from generation.engine.served.profile import PROFILES, Profile
from generation.engine.served.request import Endpoint
from generation.engine.types import Outcome
from generation.engine.understanding import understand
from training import evaluations
from training.evaluation import edits, fields, scoring, stored, tasks
from training.evaluation.tasks import Done

HELP = "Score a model, or stored answers: render@k, repair, requirements, edits, knob fields; or compare two scores."
OWN = "scenes"  # the suite that comes with this app; the scorecard's go by their names too
MOST_TROUBLE = 5  # failures in a row: then the server is away
LEFT_TO_A_MODEL = frozenset({"unsure", "no_template", "excluded"})


def add_arguments(parser: ArgumentParser) -> None:
    """Read what to score."""
    parser.add_argument("--endpoint", default="", help="the model's server, up to /v1; else MODEL_URL")
    parser.add_argument("--model", default="", help="the name it is served under; else MODEL_NAME")
    parser.add_argument("--adapter", default="", help="the adapter that is asked for in its place")
    parser.add_argument("--completions", type=Path, help="stored answers instead of a server")
    parser.add_argument("--suite", default=OWN, help=f"prompts for scenes: {OWN}, {', '.join(suite.names())}")
    parser.add_argument("--tasks", default=",".join(scoring.TASKS), help=f"of {', '.join(scoring.TASKS)}")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="large", help="how it is asked")
    parser.add_argument("--n", type=int, default=1, help="answers to each prompt")
    parser.add_argument("--k", default="1", help="render@k for these k, with commas")
    parser.add_argument("--temperature", type=float, help="of scenes; else the profile's")
    parser.add_argument("--limit", type=int, help="only the first N of each suite")
    parser.add_argument("--parallel", type=int, default=1, help="prompts at a time")
    parser.add_argument("--resume", action="store_true", help="go on with a run of these options that stopped")
    parser.add_argument("--out", type=Path, default=Path("docs/scorecard"), help="folder for the files")
    parser.add_argument("--name", default="", help="of the files; else the model's and the suite's")
    parser.add_argument("--compare", nargs=2, type=Path, metavar="JSON", help="two files of scores to compare")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Score and record, or compare."""
    try:
        if options["compare"]:
            first, second = options["compare"]
            _compare(first, second, screen)
        else:
            _evaluate(options, screen)
    except EngineError as error:
        raise CommandError(f"{error.fault.message} {error.fault.hint}".strip()) from error


def _evaluate(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    wanted = _wanted(options)
    ks = _ks(options)
    options["out"].mkdir(parents=True, exist_ok=True)
    model = _model(options)
    stem = options["out"] / (options["name"] or f"{model}-{options['suite']}".replace("/", "-"))
    renderer = Renderer(Path(settings.RUN_DIR))
    try:
        scenes = _scenes(options, renderer, stem) if scoring.SCENES in wanted else None
        changed = _edits(options, renderer) if scoring.EDITS in wanted else []
        read = _fields(options) if scoring.FIELDS in wanted else []
    finally:
        renderer.close()
    suites = {each: options["suite"] if each == scoring.SCENES else each for each in wanted}
    scores = scoring.Scores(model, suites, _manifest(options), scenes, changed, read, ks)
    path = stem.with_name(f"{stem.name}.scores.json")
    scoring.write(scores, path)
    evaluations.record(scores, path)
    for line in scoring.words(scores):
        screen.write(line)
    screen.write(f"{path}")


def _wanted(options: Mapping[str, Any]) -> tuple[str, ...]:
    wanted = tuple(each.strip() for each in options["tasks"].split(",") if each.strip())
    if options["completions"]:
        wanted = tuple(each for each in wanted if each == scoring.SCENES)  # only scenes are stored
    if not wanted or not set(wanted) <= set(scoring.TASKS):
        raise CommandError(f"--tasks takes {', '.join(scoring.TASKS)}.")
    return wanted


def _ks(options: Mapping[str, Any]) -> tuple[int, ...]:
    try:
        ks = tuple(int(each) for each in options["k"].split(","))
    except ValueError:
        ks = (0,)
    if options["n"] < 1 or min(ks) < 1 or max(ks) > options["n"]:
        raise CommandError("--k takes numbers from 1 to --n.")
    return ks


def _model(options: Mapping[str, Any]) -> str:
    if options["completions"]:
        return str(options["completions"].stem)
    return str(options["adapter"] or options["model"] or settings.MODEL_NAME)


def _profile(options: Mapping[str, Any]) -> Profile:
    return PROFILES[options["profile"]]


def _client(options: Mapping[str, Any]) -> ModelClient:
    url = options["endpoint"] or settings.MODEL_URL
    if not url:
        raise CommandError("No model is named. Give its address with --endpoint, or stored answers with --completions.")
    endpoint = Endpoint(url, options["model"] or settings.MODEL_NAME, options["adapter"], settings.MODEL_KEY)
    return ModelClient([endpoint], patience=_profile(options).patience)


def _prompts(options: Mapping[str, Any]) -> tuple[Prompt, ...]:
    own = tasks.SUITES / f"{OWN}.jsonl"
    return (suite.read(own) if options["suite"] == OWN else suite.load(options["suite"]))[: options["limit"]]


def _scenes(options: Mapping[str, Any], renderer: Renderer, stem: Path) -> report.Report:
    """Measure what the journal does not hold yet, and leave the scorecard's files."""
    prompts, name = _prompts(options), options["suite"]
    versions = {"Manim": version("manim"), "model": _model(options)}
    head = {"format": report.FORMAT, "suite": name, "n": options["n"], "limit": options["limit"], "versions": versions}
    wanted = [(prompt, seed) for seed in range(options["n"]) for prompt in prompts]
    with Journal(stem.with_suffix(".jsonl"), head, resume=options["resume"]) as journal:
        kept = {row.key: row for row in journal.rows}
        left = [(prompt, seed) for prompt, seed in wanted if (prompt.prompt, seed) not in kept]
        bench = Bench(_writer(options, renderer), renderer, parallel=options["parallel"])
        for row in _shown("Scenes", _until_away(bench.run(left)), len(left)):
            journal.add(row)
            kept[row.key] = row
    rows = tuple(kept[prompt.prompt, seed] for prompt, seed in wanted)
    made = report.Report(name, _model(options), options["n"], False, versions, rows)
    report.write(made, stem.with_suffix(".json"))
    stem.with_suffix(".html").write_text(page.page(made), encoding="utf-8")
    journal.remove()
    return made


def _writer(options: Mapping[str, Any], renderer: Renderer) -> Write:
    if options["completions"]:
        return stored.StoredWriter(stored.read(options["completions"]), renderer.check)
    return ModelWriter(_client(options), renderer.check, _require_may_write, _profile(options), options["temperature"])


def _require_may_write(prompt: str) -> None:
    """What the screening refuses reaches no model, not even to be scored."""
    found = understand(prompt)
    if found.outcome is Outcome.REFUSED and found.code not in LEFT_TO_A_MODEL:
        raise NotServed(found)


def _until_away(rows: Iterator[Row]) -> Iterator[Row]:
    """Stop where the server fails again and again: then no prompt says anything about the model."""
    trouble = 0
    for row in rows:
        yield row
        trouble = 0 if row.judged else trouble + 1
        if trouble >= MOST_TROUBLE:
            raise CommandError(
                f"The model failed {trouble} times in a row, last with: {row.message} "
                "When its server is well again, go on with --resume."
            )


def _edits(options: Mapping[str, Any], renderer: Renderer) -> list[Done]:
    asked = [edits.Edit(**each) for each in tasks.read("edits")[: options["limit"]]]
    return list(_shown("Edits", edits.measure(asked, _client(options), renderer.check), len(asked)))


def _fields(options: Mapping[str, Any]) -> list[Done]:
    asked = [fields.Form(**each) for each in tasks.read("knobs")[: options["limit"]]]
    return list(_shown("Knobs", fields.measure(asked, _client(options)), len(asked)))


def _shown(title: str, items: Iterable[Any], total: int) -> Iterator[Any]:
    """The items, with a bar on standard error."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        for item in items:
            yield item
            bar.advance(task)


def _manifest(options: Mapping[str, Any]) -> dict[str, Any]:
    """What the scores depend on."""
    own: Sequence[Path] = [*sorted(tasks.SUITES.glob("*.jsonl")), *sorted(suite.SUITES.glob("*.jsonl"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()
    sampling = {"temperature": options["temperature"], "n": options["n"], "profile": options["profile"]}
    return {"manim": version("manim"), "suites_sha256": digest, **sampling, "limit": options["limit"]}


def _compare(first: Path, second: Path, screen: OutputWrapper) -> None:
    """Rate by rate, and paired where both have the rows."""
    pairs = [path.with_name(path.name.removesuffix(".scores.json") + ".json") for path in (first, second)]
    if all(path.is_file() for path in pairs):
        found = comparing.compare(*map(report.read, pairs))
        for title, each in found.pairs.items():
            screen.write(f"{title:45} {page.pair_words(each)}")
    (_, *before), (_, *after) = scoring.read(first), scoring.read(second)
    for title, one, other in zip(("edits faithful", "knob forms without a fault"), before, after, strict=True):
        screen.write(f"{title:45} {page.pair_words(scoring.paired(one, other))}")
