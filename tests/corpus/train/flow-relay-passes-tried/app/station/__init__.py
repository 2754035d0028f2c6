"""Pictures as they come down: lines of 2,080 dots."""

DOTS = 2_080
