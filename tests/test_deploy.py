"""What stands in deploy/, each file looked at by its own tool where that is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from fastapi import FastAPI
from starlette.routing import Match

from treatygraph.model.terms import BASE, CONCEPTS, DATASET, KINDS, NAMED, ONTOLOGY, SCHEMES, iri
from treatygraph.model.version import VERSION
from treatygraph.web import pages, records, vocabularies
from treatygraph.web.problems import PROBLEMS

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


def tool(name: str) -> str:
    """The path of a program; a machine without it skips, unless everything is required."""
    here = Path(sys.executable).parent
    path = shutil.which(name, path=f"{here}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if path is None:
        message = f"{name} is not installed"
        pytest.fail(message) if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1" else pytest.skip(message)
    assert path
    return path


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "treatygraph.service").read_text(encoding="utf-8")
    here = tmp_path / "treatygraph.service"
    # The program that it starts is not installed where this is tested.
    here.write_text(unit.replace("/opt/treatygraph/bin/treatygraph", "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        [tool("systemd-analyze"), "verify", "--man=no", str(here)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if "treatygraph.service" in line]
    assert (done.returncode, said) == (0, [])


def test_nginx_finds_no_fault_in_the_site(tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    names = ("-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate"), "-subj", "/CN=treaties.example")
    subprocess.run([openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names], check=True,
                   capture_output=True)  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"(ssl_certificate) \S+;", rf"\1 {tmp_path}/certificate;", site)
    site = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {tmp_path}/key;", site)
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{ access_log off; include {tmp_path}/site.conf; }}\n"
    )
    done = subprocess.run([nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], capture_output=True,
                          text=True, check=False, timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_linter_finds_no_fault_in_the_containerfile() -> None:
    done = subprocess.run(
        [tool("hadolint"), str(DEPLOY / "Containerfile")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_container_runs_as_nobody_and_ends_in_time() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert "--require-hashes" in text
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["treatygraph"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


PERMANENT = (
    BASE, ONTOLOGY.removesuffix("#"), f"{BASE}ontology/{VERSION}", f"{BASE}shapes", f"{BASE}context.jsonld", DATASET,
    f"{DATASET}/facts", *NAMED, *(iri(kind, "a/b c/é") for kind in KINDS), *(f"{SCHEMES}{name}" for name in CONCEPTS),
    f"{SCHEMES}rule/R1", *(f"{BASE}problem/{name}" for name in PROBLEMS), f"{BASE}id/state/RUS.ttl",
)  # fmt: skip
"""An address of each kind that the graph, the ontology or an answer names."""


def test_every_permanent_address_leads_to_a_path_that_the_server_has() -> None:
    text = (DEPLOY / "w3id" / ".htaccess").read_text(encoding="utf-8")
    (condition,) = re.findall(r"^RewriteCond %{THE_REQUEST} (\S+)$", text, re.MULTILINE)
    ((target, flags),) = re.findall(r"^RewriteRule \^ (\S+) \[([A-Z0-9,=]+)\]$", text, re.MULTILINE)
    assert set(flags.split(",")) == {"R=303", "NE", "L"}
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in (pages.ROUTER, records.ROUTER, vocabularies.ROUTER):
        app.include_router(router)
    for address in PERMANENT:
        path = address.removeprefix("https://w3id.org")
        asked = re.match(condition, f"GET {path}?format=ttl HTTP/1.1")
        assert asked, address
        there = target.replace("%1", asked[1]).removeprefix("https://treaties.example")
        assert there == "/" + address.removeprefix(BASE)
        scope = {"type": "http", "method": "GET", "path": there, "root_path": "", "headers": []}
        assert any(route.matches(scope)[0] is Match.FULL for route in app.routes), f"nothing answers at {there}"
