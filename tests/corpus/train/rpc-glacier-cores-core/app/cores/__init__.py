"""The store of the ice cores of a glacier expedition, for its scientists."""
