import re


def test_a_plan_has_a_line_for_each_rung_and_one_for_all(command, picture_files):
    status, said, _ = command("plan", *picture_files, "--image-size", "256", "--memory", "2GiB")
    assert status == 0
    *rungs, last = said.splitlines()
    assert [line.split(" px")[0] for line in rungs] == ["128 x 96", "181 x 136", "256 x 192"]
    assert re.fullmatch(r"In all: [\d.]+ s, at most \d+ MiB of 2\.0 GiB, on cpu: .*", last)


def test_what_does_not_fit_is_refused_in_one_sentence(command, picture_files):
    status, said, complaint = command("plan", *picture_files, "--image-size", "8192", "--memory", "1GiB")
    assert (status, said) == (1, "")
    assert re.fullmatch(r"error: 8,192 px needs [\d.]+ GiB; this machine allows 1\.0 GiB\. Try \d+\.\n", complaint)


def test_memory_that_is_no_amount_is_refused_in_one_sentence(command, picture_files):
    status, _, complaint = command("plan", *picture_files, "--memory", "plenty")
    assert status == 1
    assert complaint == "error: 'plenty' is no amount of memory: write it as in 2GiB or 800MiB.\n"
