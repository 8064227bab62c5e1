import os

import pytest

MODULES = [
    "kinds",
    "unknown",
    "dream.palette",
    "dream.planner",
    "dream.recipe",
    "film.planner",
    "film.writer",
    "recipes.stored",
    "recipes.style",
    "style.planner",
    "engine.ladder",
    "metadata",
    "errors",
    "pausing",
    "features.registry",
    "inputs",
    "style.inputs",
    "style.regions",
    "style.colors",
]


@pytest.mark.parametrize("module", MODULES)
def test_a_process_that_must_stay_small_can_import_it_without_torch(run_python, module):
    code = f"import sys, transfer.{module}; print(*sorted({{'torch', 'numpy', 'torchvision'}} & set(sys.modules)))"
    finished = run_python("-c", code)
    assert finished.returncode == 0, finished.stderr
    assert "torch" not in finished.stdout


def test_the_same_question_finds_torch_where_it_is(run_python):
    finished = run_python("-c", "import sys, transfer.images; print('torch' in sys.modules)")
    assert finished.stdout.strip() == "True"


def test_the_help_of_the_command_line_needs_no_torch(run_python):
    code = (
        "import sys\nfrom transfer.__main__ import main\n"
        "try:\n    main(['stylize', '--help'])\nexcept SystemExit:\n    print('torch' in sys.modules)"
    )
    assert run_python("-c", code).stdout.splitlines()[-1] == "False"


def test_the_list_of_commands_needs_no_large_package_and_no_recipe(run_python):
    assert _loaded(run_python, {"torch", "scipy", "numpy", "pydantic"}, "--help") == "[]"


def test_a_plan_needs_neither_torch_nor_scipy_once_the_machine_is_known(run_python, picture_files):
    run_python("-m", "transfer", "plan", *picture_files)
    assert _loaded(run_python, {"torch", "scipy"}, "plan", *picture_files) == "[]"


def test_a_plan_for_a_machine_that_is_not_known_loads_torch(run_python, picture_files, monkeypatch):
    other = "2" if os.environ.get("MKL_NUM_THREADS") == "1" else "1"  # number of threads than was noted
    monkeypatch.setenv("MKL_NUM_THREADS", other)
    assert _loaded(run_python, {"torch"}, "plan", *picture_files) == "['torch']"


def _loaded(run_python, packages, *words):
    """Which of the packages a command has loaded, as a list in words."""
    code = (
        f"import atexit, sys\natexit.register(lambda: print(sorted({packages} & set(sys.modules))))\n"
        f"from transfer.__main__ import main\nmain({[str(word) for word in words]})"
    )
    finished = run_python("-c", code)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()[-1]
