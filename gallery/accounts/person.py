"""The person who asks. Everything but the views works with this: no request, no session, no cookie."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gallery.models import owned

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from gallery.models import Owned


@dataclass(frozen=True)
class Person:
    """A user, or a visitor. A visitor's session holds a name for them once they have made something.

    `models.owned` says which rows they may see and change. A visitor whose cookie has not come back yet is `counted_as`
    their address when work is shared out fairly: otherwise, anyone without cookies would be a new person each time.
    """

    user: "User | None" = None
    visitor: str = ""
    counted_as: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether they may change what belongs to somebody else."""
        return self.user is not None and self.user.is_staff

    @property
    def is_known(self) -> bool:
        """Whether anything can belong to them; nothing can belong to a visitor who has not made anything yet."""
        return self.user is not None or bool(self.visitor)

    def fields(self) -> dict[str, object]:
        """The `owner` and `visitor` of a row that they make."""
        return {"owner": self.user, "visitor": "" if self.user else self.visitor}

    @property
    def payer(self) -> tuple[object, str]:
        """The key under which `RenderQuerySet.spent_lately` adds up what is painted for them."""
        return (self.user.pk, "") if self.user else (None, self.counted_as or self.visitor)

    def owns(self, thing: "Owned") -> bool:
        """Whether they made `thing`."""
        return owned.owns(self, thing)

    def may_change(self, thing: "Owned") -> bool:
        """Whether they may change, cancel or delete `thing`."""
        return owned.may_change(self, thing)


NOBODY = Person()  # sees what everybody may see
