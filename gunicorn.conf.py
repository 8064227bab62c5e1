"""gunicorn reads this in the folder that it starts in: settings that are wrong end it before it starts a process."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from stylesite import environment

environment.insist()
