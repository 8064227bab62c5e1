"""`manage.py doctor`: whether this installation is well."""

import sys
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from gallery import doctor
from gallery.doctor.files import orphans
from gallery.doctor.findings import Verdict

WIDTH = max(map(len, doctor.CHECKS))


class Command(BaseCommand):
    """Prints one line a check, and under it what to type; the exit code is 1 when there is a problem."""

    help = "Checks everything that can be wrong with this installation, and says what to type to mend it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        """Orphans can be listed for another program."""
        parser.add_argument("--orphans", action="store_true", help="only list stored files that no row refers to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Examines, prints, and sets the exit code."""
        if options["orphans"]:
            for name in orphans():
                self.stdout.write(default_storage.path(name))
            return
        style = {Verdict.OK: self.style.SUCCESS, Verdict.WARNING: self.style.WARNING, Verdict.PROBLEM: self.style.ERROR}
        findings = doctor.examine()
        for name, finding in findings.items():
            verdict = style[finding.verdict](f"{finding.verdict:<8}")
            self.stdout.write(f"{verdict} {name:<{WIDTH}}  {finding.sentence}")
            if finding.remedy:
                self.stdout.write(f"{'':<{WIDTH + 11}}-> {finding.remedy}")
        if any(finding.verdict == Verdict.PROBLEM for finding in findings.values()):
            sys.exit(1)
