"""The line tables of program.py as this interpreter writes them: ``pythonX.Y make.py > X.Y.json``.

Each code object: first line, table, and (instruction offset, line or 0) wherever the line changes, the
offset as memray records it: bytes, before 3.11 and since, instructions in 3.10.
"""

import json
import sys
from pathlib import Path


def codes(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            yield from codes(constant)


def changes(code):
    if sys.version_info < (3, 10):  # noqa: UP036 -- it runs on the versions that it records
        import dis

        return [[start, line] for start, line in dis.findlinestarts(code)]
    unit = 2 if sys.version_info < (3, 11) else 1
    return [[start // unit, line or 0] for start, end, line in code.co_lines() if end > start]


def tables(source):
    version = sys.version_info
    return [
        {
            "name": code.co_name,
            "first": code.co_firstlineno,
            "table": (code.co_lnotab if version < (3, 10) else code.co_linetable).hex(),
            "lines": changes(code),
        }
        for code in codes(compile(source, "program.py", "exec"))
    ]


def main():
    source = Path(__file__).with_name("program.py").read_text()
    json.dump(tables(source), sys.stdout)


if __name__ == "__main__":
    main()
