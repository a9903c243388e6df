"""Sounds of exhibits: the bytes as curators sent them, and their words for those who cannot hear."""
