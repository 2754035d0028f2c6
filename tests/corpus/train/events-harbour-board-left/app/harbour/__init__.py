"""The arrivals board of a harbour, as a stream of events for whoever looks at it."""
