"""Which turns of phrase does a court use more often than it did?"""
