import sympy


def solve(text):
    return [str(x) for x in sympy.solve(sympy.sympify(text))]
