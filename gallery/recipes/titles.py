"""What values and groups of recipes are called on pages."""

from transfer.recipes.base import ESSENTIALS
from transfer.recipes.style import BALANCE, BESIDE, NETWORK, OPTIMISATION, REGIONS

CHOICE_TITLES = {
    "w2": "Gaussian W2 (cleaner)",
    "gram": "Gram matrix (classic)",
    "content": "the content picture",
    "noise": "noise",
    "picture": "a picture of your own",
    "names": "by name",
    "masks": "painted",
    "none": "none",
    "automatic": "automatic",
    "avg": "average",
    "max": "maximum",
    "adam": "Adam",
    "lbfgs": "L-BFGS",
    "same": "as the picture",
    "both": "both",
    "distribution": "how often each occurs",
    "nearest": "the nearest of each",
}
TITLES_OF = {  # where a value means something else in this field
    "init": {"instant": "its instant picture"},
    "regions": {"automatic": "found by colour"},
    "wrap": {"x": "across", "y": "down", "both": "across and down"},
}
GROUP_TITLES = {
    ESSENTIALS: "",
    REGIONS: "Regions",
    BALANCE: "Weights",
    NETWORK: "Network",
    OPTIMISATION: "Painting",
    BESIDE: "Extra files",
}


def choice_title(name: str, value: str) -> str:
    """The value of a field with choices, as people read it."""
    return (CHOICE_TITLES | TITLES_OF.get(name, {})).get(value, value)
