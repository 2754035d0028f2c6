class Turnstile:
    def __init__(self, name, register, outbox):
        self._name = name
        self._register = register
        self._outbox = outbox

    def show(self, dice, number, minute):
        """Whether the pass opens the gate. A picture is taken either way."""
        valid = self._register.valid(number, "2026-05")
        event = {"gate": self._name, "pass": number, "minute": minute, "valid": valid}
        self._outbox.put(event, picture(dice))
        return valid


def picture(dice, width=96, height=64):
    """What the camera over the gate sees, in grey."""
    return dice.randbytes(width * height)
