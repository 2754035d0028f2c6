"""The readings of a flour mill, made fit for the miller's report."""
