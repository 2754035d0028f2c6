// The same of a CPython that runs in Node: npm install pyodide@314.0.7; node record_wasm.mjs > 3.14.json
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.globals.set("source", readFileSync(`${import.meta.dirname}/program.py`, "utf8"));
python.globals.set("__file__", "make.py");
python.runPython(readFileSync(`${import.meta.dirname}/make.py`, "utf8").replace(/if __name__[^]*/, ""));
console.log(python.runPython("json.dumps(tables(source))"));
