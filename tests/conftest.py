"""Settings for every test: hypothesis draws the same examples each run and times nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("default")
