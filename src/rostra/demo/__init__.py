"""Fills an empty network with believable people, so that somebody who looks at it sees it alive."""
