"""What every test runs under: random tests draw the same examples every time, as slowly as they need."""

import os

from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
# Many more draws, others every time: HYPOTHESIS_PROFILE=deep python -m pytest tests/property
settings.register_profile("deep", deadline=None, max_examples=10_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
