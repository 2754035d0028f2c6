"""Finds the newest entry in the export of a forum."""

from export import export
from newest import newest


def run():
    return [newest(export(entries)) for entries in (6_000, 30_000, 4_000)]


if __name__ == "__main__":
    print(run())
