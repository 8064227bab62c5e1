"""Whose a picture is: who made it, where it is from, and under which licence it may be used."""

from pydantic import BaseModel, ConfigDict, Field

LONGEST_AUTHOR, LONGEST_SOURCE, LONGEST_LICENCE = 120, 300, 60  # characters
PUBLIC_DOMAIN, CC0 = "Public domain", "CC0 1.0"
LICENCES = (PUBLIC_DOMAIN, CC0, "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "All rights reserved")


class Credit(BaseModel):
    """What is known of a picture's origin; empty where nobody said. `source` is an address, or a title."""

    model_config = ConfigDict(frozen=True)

    author: str = Field("", max_length=LONGEST_AUTHOR)
    source: str = Field("", max_length=LONGEST_SOURCE)
    licence: str = Field("", max_length=LONGEST_LICENCE)

    def __bool__(self) -> bool:
        return bool(self.author or self.source or self.licence)

    def __str__(self) -> str:
        """In one line: "Anna Berg, Harbour at night (CC BY 4.0)"."""
        whose = ", ".join(filter(None, (self.author, self.source)))
        if not self.licence:
            return whose
        return f"{whose} ({self.licence})" if whose else self.licence


NOBODY_YET = Credit()
GENERATED = Credit(author="Stylesite", licence=CC0)
