"""What is raised while something that the queue needs is away for a while, and passes."""

from django.db import InterfaceError, OperationalError

DATABASE_TROUBLE = (OperationalError, InterfaceError)  # it is locked, or cannot be reached
TROUBLE = (*DATABASE_TROUBLE, OSError)  # or the storage cannot be
