import sys

import pytest

QUICK = ("--image-size", 64, "--num-iterations", 1)


def complains(status, out, err):
    """Whether a command failed with one sentence and nothing else."""
    return status == 1 and out == "" and err.startswith("error: ") and err.count("\n") == 1 and "Traceback" not in err


def test_a_process_that_fails_leaves_with_one_and_without_a_traceback(run_python, picture_files, tmp_path):
    out = tmp_path / "out.png"
    finished = run_python("-m", "transfer", "stylize", *picture_files, "-o", out, "--image-size", "7")
    assert complains(finished.returncode, finished.stdout, finished.stderr)
    assert "--image-size" in finished.stderr
    assert not out.exists()


def test_a_content_that_is_not_there_is_named(command, picture_files, tmp_path):
    found = command("stylize", tmp_path / "nowhere.png", picture_files[1], "-o", tmp_path / "out.png", *QUICK)
    assert complains(*found)
    assert "nowhere.png" in found[2]


def test_a_style_that_is_no_picture_is_named(command, picture_files, tmp_path):
    (tmp_path / "words.png").write_text("not a picture")
    found = command("stylize", picture_files[0], tmp_path / "words.png", "-o", tmp_path / "out.png", *QUICK)
    assert complains(*found)
    assert "words.png" in found[2]


def test_an_output_folder_that_is_not_there_is_named_before_anything_is_painted(command, picture_files, tmp_path):
    found = command("stylize", *picture_files, "-o", tmp_path / "nowhere" / "out.png", *QUICK)
    assert complains(*found)
    assert "nowhere" in found[2]
    assert "rung" not in found[2]


def test_an_output_whose_folder_is_a_file_is_refused(command, picture_files):
    assert complains(*command("stylize", *picture_files, "-o", picture_files[0] / "out.png", *QUICK))


@pytest.mark.parametrize("name", ["out", "out.gif", "out.png.txt"])
def test_an_output_of_an_unknown_form_is_refused_with_those_that_are_known(command, picture_files, tmp_path, name):
    found = command("stylize", *picture_files, "-o", tmp_path / name, *QUICK)
    assert complains(*found)
    assert ".png, .jpg" in found[2]


def test_an_output_that_cannot_be_written_is_named(command, picture_files, tmp_path):
    (tmp_path / "out.png").mkdir()
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *QUICK)
    assert status == 1
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith(f"error: {tmp_path / 'out.png'} cannot be written")


def test_a_device_that_is_not_there_is_named(command, picture_files, tmp_path):
    found = command("stylize", *picture_files, "-o", tmp_path / "out.png", "--device", "toaster", *QUICK)
    assert complains(*found)
    assert "toaster" in found[2]


def test_weights_that_are_missing_are_named_with_the_command_that_fetches_them(
    command, picture_files, tmp_path, monkeypatch
):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.pth"))
    found = command("stylize", *picture_files, "-o", tmp_path / "out.png", "--backbone", "vgg19", *QUICK)
    assert complains(*found)
    assert "python -m transfer weights fetch vgg19" in found[2]


def test_weights_of_another_network_are_refused(command, picture_files, tmp_path, vgg19_file):
    assert complains(*command("stylize", *picture_files, "-o", tmp_path / "out.png", "--weights", vgg19_file, *QUICK))


def test_a_command_that_is_stopped_while_it_loads_says_so_alone(monkeypatch, command):
    class Stops:
        def find_spec(self, name, path=None, target=None):
            if name == "transfer.commands.command_line":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "transfer.commands.command_line")
    monkeypatch.delattr("transfer.commands.command_line")
    monkeypatch.setattr(sys, "meta_path", [Stops(), *sys.meta_path])
    assert command("earth", "--list") == (130, "", "stopped\n")
