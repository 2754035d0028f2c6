"""The yearly figures of wind parks, from the CSV of their controls."""
