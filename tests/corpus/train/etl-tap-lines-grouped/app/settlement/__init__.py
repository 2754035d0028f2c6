"""Shares the fares of a transport association between its operators, from the taps of all cards."""
