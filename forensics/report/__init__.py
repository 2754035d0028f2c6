"""Executed notebooks that can be shared: run over dumps, normalised, redacted, as one page."""

from forensics.report.make import executed as executed
from forensics.report.make import report as report
