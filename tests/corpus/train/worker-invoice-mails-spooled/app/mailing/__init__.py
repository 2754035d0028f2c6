"""Mails the invoices of an energy supplier through the relay of its provider."""
