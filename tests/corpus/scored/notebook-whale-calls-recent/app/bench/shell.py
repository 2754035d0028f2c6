import ast
from collections import OrderedDict

SHOWN = 3


class Shell:
    """Runs cells one after another; the last expression of each is shown, and stays as Out[n] for a while."""

    def __init__(self, **names):
        self.In = [""]
        self.Out = OrderedDict()
        self.names = {"In": self.In, "Out": self.Out} | names

    def run(self, source):
        self.In.append(source)
        number = len(self.In) - 1
        tree = ast.parse(source, f"<cell {number}>")
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"<cell {number}>", "exec"), self.names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), f"<cell {number}>", "eval"), self.names)
            self.show(number, value)

    def show(self, number, value):
        if value is None:
            return
        self.names["_"] = self.Out[number] = value
        while len(self.Out) > SHOWN:
            self.Out.popitem(last=False)
        print(f"Out[{number}]: {type(value).__name__} {getattr(value, 'shape', '')}")
