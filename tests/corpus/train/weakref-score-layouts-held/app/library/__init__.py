"""The scores that an orchestra library puts on the stands, which are tablets."""
