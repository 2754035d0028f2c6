"""Records of a net of seismometers, read as streams."""
