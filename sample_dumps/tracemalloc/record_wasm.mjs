// Records the snapshots of a CPython that runs in Node: npm install pyodide@314.0.7; node record_wasm.mjs 3.14
import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const here = import.meta.dirname;
for (const limit of [1, 5, 25]) {
  const python = await loadPyodide({ args: ["-B"] });
  const name = `${process.argv[2]}-limit${limit}.tracemalloc`;
  python.FS.mkdirTree("/srv/app");
  for (const program of ["orders.py", "totals.py"]) {
    python.FS.writeFile(`/srv/app/${program}`, readFileSync(`${here}/${program}`));
  }
  python.runPython(`
import runpy, sys, tracemalloc
for arguments in (["orders.py", "${limit}", "${name}"], ["totals.py", "${name}"]):
    sys.argv = arguments
    runpy.run_path(f"/srv/app/{arguments[0]}", run_name="__main__")
    tracemalloc.stop()
`);
  writeFileSync(`${here}/${name}`, python.FS.readFile(name));
}
