"""The turnstiles of a zoo on a Sunday: passes are checked, and each entry is reported to the office."""

import random

from gates.office import office
from gates.outbox import Line, Outbox
from gates.register import Register
from gates.turnstile import Turnstile

if __name__ == "__main__":
    register = Register("passes.json")
    with office() as address:
        outbox = Outbox(Line(address))
        gates = [Turnstile(name, register, outbox) for name in ("lions", "river", "aviary")]
        dice = random.Random(12)
        let_in = 0
        for visitor in range(4_500):
            let_in += dice.choice(gates).show(dice, dice.choice(register.numbers), minute=visitor // 9)
            if visitor % 60 == 0:
                outbox.flush()
    print(f"{let_in} let in, {outbox.reported} reported")
