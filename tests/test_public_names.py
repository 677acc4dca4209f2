import subprocess
import sys
from types import ModuleType

import onthetable


def test_all_is_what_is_there() -> None:
    there = {n for n, v in vars(onthetable).items() if not n.startswith("_") and not isinstance(v, ModuleType)}
    assert there == set(onthetable.__all__)
    assert onthetable.__all__ == sorted(onthetable.__all__)


def test_every_public_name_says_what_it_is() -> None:
    for name in onthetable.__all__:
        assert getattr(onthetable, name).__doc__, name
        assert not (getattr(onthetable, name).__doc__ or "").startswith(f"{name}("), name


def test_the_names_and_the_command_come_without_the_parser() -> None:
    code = "import onthetable.cli, sys; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
