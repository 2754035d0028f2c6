class Clock:
    """Seconds since the doors were opened; the day is played faster than it was."""

    def __init__(self):
        self.seconds = 0

    def pass_by(self, seconds):
        self.seconds += seconds
