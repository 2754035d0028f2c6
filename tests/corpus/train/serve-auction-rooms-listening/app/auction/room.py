"""What happens in the room, for whoever wants to know."""

from blinker import signal

bid_made = signal("bid-made")
