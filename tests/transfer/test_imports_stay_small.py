import pytest

MODULES = [
    "kinds",
    "unknown",
    "dream.palette",
    "dream.planner",
    "dream.recipe",
    "film.writer",
    "recipes.stored",
    "recipes.style",
    "style.planner",
    "engine.ladder",
    "metadata",
    "errors",
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
