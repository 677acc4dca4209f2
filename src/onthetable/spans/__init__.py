"""Where things are in one report: sentences, names, quotes, times, amounts."""
