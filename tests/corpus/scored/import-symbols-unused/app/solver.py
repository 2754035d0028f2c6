from fractions import Fraction

import sympy

STEPS = []


def solve(a, b):
    """The x of ``a x + b = 0``."""
    return Fraction(-b, a)


def solve_any(text):
    return sympy.solve(sympy.sympify(text))
