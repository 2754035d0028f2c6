"""The interface between the devices of a clinic and its patient records."""
