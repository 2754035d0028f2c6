import queue
import threading


class Line(threading.Thread):
    """A thread that answers the calls of one meter, one after another."""

    def __init__(self, number, answer, closing):
        super().__init__(name=f"line-{number}", daemon=True)
        self._answer = answer
        self._closing = closing
        self._number = number
        self._answered = queue.Queue()

    def run(self):
        for day in range(30):
            self._answered.put(self._answer(self._number, day))
        self._closing.wait()

    def wait_for_calls(self, count):
        return sum(self._answered.get() for _ in range(count))


def open_lines(count, answer, closing):
    lines = [Line(number, answer, closing) for number in range(count)]
    for line in lines:
        line.start()
    return lines
