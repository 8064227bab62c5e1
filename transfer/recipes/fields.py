"""Fields that several recipes have with the same bounds, each in words of its own."""

from typing import Any

from pydantic import Field

from transfer.recipes.base import REPORTING, group


def seed_field(description: str, group_name: str) -> Any:
    """A seed, in one of the groups of its form."""
    return Field(0, ge=0, le=2**32 - 1, title="Seed", description=description, json_schema_extra=group(group_name))


def reporting_field(title: str, description: str) -> Any:
    """How often something is reported, in iterations; 0 for never."""
    return Field(0, ge=0, le=100_000, title=title, description=description, json_schema_extra=group(REPORTING))
