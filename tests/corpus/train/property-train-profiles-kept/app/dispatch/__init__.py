"""The control room of a regional railway."""
