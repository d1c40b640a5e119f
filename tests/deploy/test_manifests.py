"""The compose file and the Kubernetes manifests: valid, and true about commands, settings and rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compose_spec
import kubernetes_validate
import pytest
import yaml
from django.core.management import load_command_class

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
ONCE = DEPLOY / "fetch-model.yaml"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text())
OURS = ("migrate", "web", "worker")
APPS = {
    "migrate": "django.core",
    "collectstatic": "django.contrib.staticfiles",
    "serve": "generation",
    "worker": "generation",
}
# Read by libraries, or by the jail outside the settings.
ELSEWHERE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "JAIL", "JAIL_RUNTIME", "JAIL_LEVEL_REQUIRED"}


def documents() -> Iterator[dict[str, Any]]:
    for manifest in [*MANIFESTS, ONCE]:
        yield from yaml.safe_load_all(manifest.read_text())


def of_kind(*kinds: str) -> list[dict[str, Any]]:
    return [each for each in documents() if each["kind"] in kinds]


def pods() -> dict[str, dict[str, Any]]:
    found = of_kind("Deployment", "StatefulSet", "Job")
    return {each["metadata"]["name"]: each["spec"]["template"]["spec"] for each in found}


def containers(pod: dict[str, Any]) -> list[dict[str, Any]]:
    return [*pod.get("initContainers", []), *pod["containers"]]


def known_settings() -> set[str]:
    text = (ROOT / "platform/config/settings.py").read_text()
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)) | ELSEWHERE


@pytest.mark.parametrize("document", [*documents()], ids=lambda each: f"{each['kind']}-{each['metadata']['name']}")
def test_each_manifest_is_valid_for_kubernetes(document: dict[str, Any]) -> None:
    kubernetes_validate.validate(document, "1.33", strict=True)


def test_a_manifest_with_a_misspelt_field_would_be_found() -> None:
    wrong = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"nmae": "x"}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.33", strict=True)


def test_the_compose_file_follows_the_specification() -> None:
    assert set(COMPOSE["services"]) == {"proxy", "migrate", "web", "worker", "redis", "postgres", "vllm"}
    filled = re.sub(r"\$\{(\w+)(:[-?]([^}]*))?\}", lambda found: found[3] or "x", (DEPLOY / "compose.yml").read_text())
    resolved = yaml.safe_load(filled)  # the library knows no merge keys
    read = compose_spec.PyCompose.from_yaml(yaml.safe_dump(resolved))
    assert set(read.service_names()) == set(COMPOSE["services"])
    with pytest.raises(ValueError, match="imgae"):
        compose_spec.PyCompose.from_yaml("services: {web: {imgae: x}}")


def test_kustomize_names_every_manifest_and_only_files_that_exist() -> None:
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
    assert {DEPLOY / each for each in kustomization["resources"]} == set(MANIFESTS)
    for generated in kustomization["configMapGenerator"]:
        for file in [*generated.get("envs", []), *(each.split("=")[1] for each in generated.get("files", []))]:
            assert (DEPLOY / file).is_file(), file


def commands() -> Iterator[list[str]]:
    lines = [COMPOSE["services"][name]["command"] for name in OURS]
    lines += [container["command"] for name in OURS for container in containers(pods()[name])]
    lines.append(re.findall(r'"([^"]+)"', re.search(r"^CMD (.*)$", (DEPLOY / "Dockerfile").read_text(), re.M)[1]))
    for line in lines:
        shell = re.split(r"&&", line[2]) if line[0] == "sh" else []
        yield from ([word for word in part.split() if word != "exec"] for part in shell) if shell else [line]


@pytest.mark.parametrize("command", [*commands()], ids=" ".join)
def test_each_command_is_one_of_ours_with_arguments_it_takes(command: list[str]) -> None:
    assert command[:2] == ["python", "manage.py"]
    parser = load_command_class(APPS[command[2]], command[2]).create_parser("manage.py", command[2])
    parser.parse_args(command[3:])


def test_each_variable_is_one_that_the_settings_read() -> None:
    known = known_settings()
    assert {"SECRET_KEY", "DATABASE_URL", "MODEL_ADAPTER", "JOB_LEASE_SECONDS"} <= known
    for name in OURS:
        assert set(COMPOSE["services"][name]["environment"]) <= known
    lines = (DEPLOY / "kubernetes/settings.env").read_text().splitlines()
    assert {line.partition("=")[0] for line in lines} <= known


def test_no_secret_stands_in_a_file() -> None:
    secret = re.compile(r"(SECRET|PASSWORD|KEY)")
    for line in (DEPLOY / "settings.env.example").read_text().splitlines():
        name, _, value = line.partition("=")
        assert not (secret.search(name) and value), line
    assert not of_kind("Secret")
    for pod in pods().values():
        for container in containers(pod):
            assert not [each for each in container.get("env", []) if secret.search(each["name"]) and "value" in each]


@pytest.mark.parametrize("name", OURS)
def test_ours_run_as_nobody_with_no_rights_and_write_only_where_they_must(name: str) -> None:
    service = COMPOSE["services"][name]
    assert (service["user"], service["cap_drop"], service["read_only"]) == ("10001:10001", ["ALL"], True)
    assert "no-new-privileges:true" in service["security_opt"]
    pod = pods()[name]
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    for container in containers(pod):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_the_worker_reaches_database_redis_storage_and_model_and_nothing_else() -> None:
    assert COMPOSE["services"]["worker"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    policies = {each["metadata"]["name"]: each["spec"] for each in of_kind("NetworkPolicy")}
    assert policies["deny-all"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    doors = [(rule["to"][0], rule["ports"][0]["port"]) for rule in policies["worker"]["egress"]]
    reached = [(to.get("podSelector", {}).get("matchLabels", {}).get("app", "outside"), port) for to, port in doors]
    assert reached == [("postgres", 5432), ("redis", 6379), ("vllm", 8001), ("outside", 443)]
    assert doors[-1][0]["ipBlock"]["cidr"].endswith("/32")


def test_everything_is_probed_limited_and_pinned() -> None:
    for name, pod in pods().items():
        for container in containers(pod):
            assert container["resources"]["requests"]
            assert "memory" in container["resources"]["limits"]
            assert container["image"] == "theorama" or re.search(r":v?\d", container["image"]), container["image"]
        if name not in {"migrate", "fetch-model"}:
            assert {"livenessProbe"} <= set(pod["containers"][0])
    for name, service in COMPOSE["services"].items():
        assert re.search(r":v?\d", service["image"]), name
        assert "healthcheck" in service or name in {"proxy", "migrate"}, name


def test_the_model_server_gets_a_gpu_in_both() -> None:
    assert pods()["vllm"]["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] == "1"
    (device,) = COMPOSE["services"]["vllm"]["deploy"]["resources"]["reservations"]["devices"]
    assert device == {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}


def test_one_version_of_vllm_is_named_everywhere() -> None:
    pinned = re.search(r"^vllm==(\S+)$", (ROOT / "requirements/vllm-gpu.txt").read_text(), re.M)[1]
    assert f'"vllm=={pinned}"' in (ROOT / "pyproject.toml").read_text()
    image = f"vllm/vllm-openai:v{pinned}"
    assert COMPOSE["services"]["vllm"]["image"] == image
    assert {pods()[name]["containers"][0]["image"] for name in ("vllm", "fetch-model")} == {image}
    assert {*re.findall(r"vllm/vllm-openai:v[\d.]+", (ROOT / "docs/operations.md").read_text())} == {image}


def test_the_docs_name_only_variables_that_are_read_and_files_that_exist() -> None:
    text = (ROOT / "docs/operations.md").read_text()
    ours = set(re.findall(r"`((?:MODEL|JOB|JAIL|SECRET|DATABASE|REDIS|STORAGE|EMAIL|MINIMUM|AWS)_[A-Z_]+)`", text))
    assert {"MODEL_URL", "MODEL_ADAPTER", "JOB_GRACE_SECONDS"} <= ours <= known_settings()
    files = set(re.findall(r"(?:deploy|requirements)/[\w./-]+\.(?:ya?ml|json|py|txt|env|example)", text)) - {
        "deploy/settings.env"
    }
    assert len(files) > 8
    assert not [each for each in files if not (ROOT / each).exists()]
