class Order:
    journal = []  # noqa: RUF012

    def __init__(self, number):
        self.number = number

    def place(self):
        self.write("placed")

    def pay(self):
        self.write("paid")

    def ship(self):
        self.write("shipped")

    def write(self, event):
        self.journal.append(f"order {self.number}: {event}\n" * 300)
