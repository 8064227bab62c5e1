"""The command `weights`: where networks' weights are, what is known of them, and fetching them."""

import argparse
import json
import sys
from pathlib import Path

from transfer.commands.parsing import Commands
from transfer.features.registry import BACKBONES


def add(commands: Commands) -> None:
    """Adds its words to the command line."""
    weights = commands.add_parser("weights", help="fetch and show the networks' weights")
    actions = weights.add_subparsers(dest="action", required=True, metavar="ACTION")
    fetch = actions.add_parser("fetch", help="download a network that does not ship with the project")
    fetch.add_argument("backbone", choices=["vgg16", "vgg19", "googlenet"], help="64, 548 and 50 MB")
    show = actions.add_parser("show", help="where a network's weights are and where they came from")
    show.add_argument("backbone", choices=list(BACKBONES))


def weights(arguments: argparse.Namespace) -> None:
    """Fetches weights, or says where they are and what is known of them."""
    backbone = BACKBONES[arguments.backbone]
    if arguments.action == "fetch":
        from transfer.commands.output import check_folder

        if not backbone.available:
            check_folder(backbone.default_weights().parent)
        path, sha256 = _fetched(backbone.name)
        print(f"{path}\nSHA-256 {sha256}")
        return
    from transfer.features.network import provenance

    network, path = backbone.load(backbone.style_layers), backbone.default_weights()
    facts = {"file": str(path), "sha256": network.sha256, "licence": backbone.licence, "source": backbone.source}
    facts |= provenance(path)
    print(json.dumps(facts, indent=2))


def _fetched(backbone: str) -> tuple[Path, str]:
    """Fetches a network's weights: their path and SHA-256."""
    progress = sys.stderr.isatty()
    if backbone == "vgg16":
        from transfer.features.fetch_vgg16 import fetch_vgg16

        return fetch_vgg16(progress)
    from transfer.features.fetch_published import fetch_published

    return fetch_published(backbone, progress=progress)
