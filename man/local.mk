# Manual pages, mdoc, by hand.

dist_man_MANS +=
