"""Mutation runs over every reader: a broken dump gives an error of one line or a capture that adds up."""
