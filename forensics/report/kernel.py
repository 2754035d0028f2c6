"""A private kernel: this very interpreter, no user configuration, nothing left behind.

The kernel specification lives in memory, so a fresh virtual environment needs none installed, and
a specification of the same name in the user's home is not picked up.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from forensics.errors import ReportError

#: Seconds that one cell may take: a capture of 50 million records takes minutes.
CELL_SECONDS = 1800


def execute(notebook: NotebookNode, directory: Path, private: Path) -> NotebookNode:
    """The notebook with the outputs of a run in ``directory``; ``private`` takes Jupyter's own files.

    Raises ReportError, naming the cell and the last line of its traceback, where a cell fails.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
        notebook,
        km=_manager(private),
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(directory)}},
        record_timing=False,
        allow_errors=False,
    )
    try:
        client.execute(env=_environment(private), cleanup_kc=True)
    except CellExecutionError as error:
        raise ReportError(f"the notebook stopped: {error.ename}: {error.evalue}") from error
    except CellTimeoutError as error:
        raise ReportError(f"the notebook stopped: a cell took more than {CELL_SECONDS} s") from error
    except DeadKernelError as error:
        raise ReportError("the notebook's kernel died, probably for want of memory") from error
    return notebook


def _manager(private: Path) -> Any:
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    class ThisInterpreter(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=argv, display_name="Python 3", language="python")

    # Sockets in the private directory where the system has them: no port is opened to anyone.
    sockets = {} if os.name == "nt" else {"transport": "ipc", "ip": str(private / "kernel")}
    return AsyncKernelManager(
        **sockets,
        kernel_name="python3",
        kernel_spec_manager=ThisInterpreter(),
        connection_file=str(private / "kernel.json"),
    )


def _environment(private: Path) -> dict[str, str]:
    """The caller's environment with Jupyter's and IPython's directories made private."""
    places = {
        name: str(private)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    fixed = {
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONHASHSEED": "0",
        "PLOTLY_RENDERER": "plotly_mimetype",
        "COLUMNS": "110",
        "NO_COLOR": "1",
        # Some debugger notes of ipykernel's go to stderr and would end up in the outputs.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return {**os.environ, **places, **fixed}
