"""Small pictures to start from in place of the project's own, so that tests need no second to make one."""

from pathlib import Path

import pytest

from gallery.studio import presets, starters

STARTERS = """
[[content]]
name = "soft"
title = "Soft clouds"
kind = "clouds"
image_size = 96
scale = 2

[[content]]
name = "wide"
title = "Wide clouds"
kind = "clouds"
image_size = 96
shape = "3:2"

[[style]]
name = "rough"
title = "Rough clouds"
kind = "clouds"
image_size = 96
scale = 9
roughness = 0.8

[[example]]
title = "Soft and rough"
content = "soft"
style = "rough"
recipe = {image_size = 64, num_iterations = 3}

[[example]]
title = "Wide and rough"
content = "wide"
style = "rough"
recipe = {image_size = 64, num_iterations = 3}
"""
PRESETS = {
    "clouds-in-clouds": """
title = "Clouds in clouds"
purpose = "Nothing that anybody needs."
[content]
title = "Soft clouds"
kind = "clouds"
image_size = 96
[style]
title = "Rough clouds"
kind = "clouds"
image_size = 96
scale = 9
[recipe]
strength = 0.8
image_size = 64
[[changes]]
when = "It rains?"
change = "Take an umbrella."
""",
    "clouds-over-a-photo": """
title = "Clouds over a photo"
purpose = "A photo in grey."
[content]
photo = "a photo of a meadow"
[style]
title = "Rough clouds"
kind = "clouds"
image_size = 96
""",
}


def use_small_ones(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Until the test is over, starters and cookbook are these."""
    file = folder / "starters.toml"
    file.write_text(STARTERS)
    for name, text in PRESETS.items():
        (folder / f"{name}.toml").write_text(text)
    found = starters.read(file)
    pages = presets.Cookbook(tuple(presets.read(folder / f"{name}.toml") for name in PRESETS))
    for place in ("gallery.studio.examples", "gallery.views.studio.starters"):
        monkeypatch.setattr(f"{place}.starters", lambda: found)
    for place in ("gallery.views.studio.cookbook", "gallery.views.studio.starters", "gallery.studio.looks"):
        monkeypatch.setattr(f"{place}.cookbook", lambda: pages)
