"""Films: pictures one after another, in files that browsers play."""
