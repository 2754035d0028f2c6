class Order:
    def __init__(self, number):
        self.number = number
        self.journal = []

    def place(self):
        self.write("placed")

    def pay(self):
        self.write("paid")

    def ship(self):
        self.write("shipped")

    def write(self, event):
        self.journal.append(f"order {self.number}: {event}\n" * 300)
