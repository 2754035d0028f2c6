QUESTIONS = ("How do I send it back?", "Where is my parcel?")
PAGES = ("Returns and refunds", "Tracking an order", "Paying by invoice")
