"""The demo: an invented university in the middle of its training season, whatever day it is."""
