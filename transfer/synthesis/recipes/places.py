"""Places on the Earth by name: boxes that make good pictures and good styles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from transfer.synthesis.recipes.box import Box

Name = Literal[
    "aegean",
    "alaska",
    "alps",
    "altiplano",
    "amazon",
    "andes",
    "arabia",
    "australia",
    "baffin-island",
    "bahamas",
    "baja-california",
    "baltic",
    "borneo",
    "british-isles",
    "caribbean",
    "caucasus",
    "congo",
    "ganges-delta",
    "gobi",
    "great-barrier-reef",
    "great-lakes",
    "greenland",
    "himalaya",
    "horn-of-africa",
    "hudson-bay",
    "iceland",
    "indonesia",
    "italy",
    "japan",
    "kamchatka",
    "madagascar",
    "mississippi-delta",
    "namib",
    "new-guinea",
    "new-zealand",
    "nile-delta",
    "norway",
    "patagonia",
    "persian-gulf",
    "philippines",
    "red-sea",
    "rockies",
    "ross-sea",
    "sahara",
    "sahara-coast",
    "sahel",
    "siberia",
    "svalbard",
    "tasmania",
    "tibet",
    "yukon",
]


ALIKE = 0.35  # from 0 to 1


@dataclass(frozen=True)
class Place:
    """A place: its name as people write it, and its box."""

    title: str
    box: Box


PLACES: Mapping[Name, Place] = {
    "aegean": Place("The Aegean", Box(19, 34, 31, 42)),
    "alaska": Place("Alaska", Box(-168, 54, -138, 66)),
    "alps": Place("The Alps", Box(4, 43, 17, 49.5)),
    "altiplano": Place("The Altiplano", Box(-74, -24, -61, -13)),
    "amazon": Place("The Amazon", Box(-66, -9, -46, 3)),
    "andes": Place("The Andes", Box(-78, -36, -60, -16)),
    "arabia": Place("Arabia", Box(34, 11, 61, 31)),
    "australia": Place("Australia", Box(112, -40, 155, -9)),
    "baffin-island": Place("Baffin Island", Box(-92, 61, -60, 74)),
    "bahamas": Place("The Bahamas", Box(-81.5, 20, -71, 28)),
    "baja-california": Place("Baja California", Box(-119, 21, -104, 33)),
    "baltic": Place("The Baltic", Box(8, 53, 32, 66)),
    "borneo": Place("Borneo", Box(107, -5, 121, 8)),
    "british-isles": Place("The British Isles", Box(-12, 49, 4, 60)),
    "caribbean": Place("The Caribbean", Box(-89, 8, -59, 27)),
    "caucasus": Place("The Caucasus", Box(36, 37, 52, 46)),
    "congo": Place("The Congo", Box(8, -11, 32, 8)),
    "ganges-delta": Place("The Ganges delta", Box(84, 18, 96, 28)),
    "gobi": Place("The Gobi", Box(92, 36, 116, 50)),
    "great-barrier-reef": Place("The Great Barrier Reef", Box(140, -25, 156, -10)),
    "great-lakes": Place("The Great Lakes", Box(-94, 40.5, -74, 50)),
    "greenland": Place("Greenland", Box(-60, 59, -18, 76)),
    "himalaya": Place("The Himalaya", Box(72, 22, 96, 37)),
    "horn-of-africa": Place("The Horn of Africa", Box(38, -3, 54, 16)),
    "hudson-bay": Place("Hudson Bay", Box(-98, 50, -68, 66)),
    "iceland": Place("Iceland", Box(-28, 61.5, -10, 68)),
    "indonesia": Place("Indonesia", Box(94, -11, 130, 9)),
    "italy": Place("Italy", Box(6, 36, 20, 47.5)),
    "japan": Place("Japan", Box(127, 30, 147, 46)),
    "kamchatka": Place("Kamchatka", Box(150, 49.5, 174, 64)),
    "madagascar": Place("Madagascar", Box(40, -27, 54, -10)),
    "mississippi-delta": Place("The Mississippi delta", Box(-98, 26, -82, 36)),
    "namib": Place("The Namib", Box(8, -31, 26, -15)),
    "new-guinea": Place("New Guinea", Box(128, -13, 155, 2)),
    "new-zealand": Place("New Zealand", Box(164, -48, 180, -33)),
    "nile-delta": Place("The Nile delta", Box(26, 24, 38, 34)),
    "norway": Place("Norway", Box(2, 57, 22, 70)),
    "patagonia": Place("Patagonia", Box(-78, -56, -62, -42)),
    "persian-gulf": Place("The Persian Gulf", Box(46, 21, 62, 32)),
    "philippines": Place("The Philippines", Box(114, 4, 129, 20)),
    "red-sea": Place("The Red Sea", Box(30, 11, 48, 31)),
    "rockies": Place("The Rockies", Box(-126, 36, -102, 54)),
    "ross-sea": Place("The Ross Sea", Box(150, -79, -155, -64)),
    "sahara": Place("The Sahara", Box(-10, 15, 25, 35)),
    "sahara-coast": Place("The coast of the Sahara", Box(-22, 14, -2, 32)),
    "sahel": Place("The Sahel", Box(-18, 3, 18, 21)),
    "siberia": Place("Siberia", Box(66, 52, 112, 76)),
    "svalbard": Place("Svalbard", Box(8, 76, 34, 81)),
    "tasmania": Place("Tasmania", Box(140, -45, 152, -36)),
    "tibet": Place("Tibet", Box(76, 26, 104, 40)),
    "yukon": Place("The Yukon", Box(-150, 56, -122, 70)),
}


def place_of(box: Box) -> Place | None:
    """The place that a box mostly shows: what both have in common is more than `ALIKE` of what either has."""
    found = max(PLACES.values(), key=lambda place: place.box.likeness(box))
    return found if found.box.likeness(box) > ALIKE else None
