"""Labels for parcels, over HTTP, and figures about them for the monitoring."""
