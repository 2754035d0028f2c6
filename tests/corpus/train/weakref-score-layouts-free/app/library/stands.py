"""The layout of a part is worked out once, and goes with the part."""

from weakref import WeakKeyDictionary

from library.engraving import engrave
from library.tuning import reference

BARS_A_SYSTEM = 25

stands = WeakKeyDictionary()


class Layout:
    def __init__(self, part):
        self.bars = part.bars
        self.tone = reference(part.instrument)[part.bars]
        self.dots = engrave(f"{part.work}, {part.instrument}", 1 + part.bars // BARS_A_SYSTEM)

    def system_of(self, bar):
        return min(bar, self.bars) // BARS_A_SYSTEM


def page(part, bar):
    """The page to turn to, counted from one."""
    if part not in stands:
        stands[part] = Layout(part)
    return 1 + stands[part].system_of(bar) // 8
