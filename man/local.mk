# Manual pages, mdoc, by hand.

dist_man_MANS += \
	man/v6kit-arpa.1 \
	man/v6kit-complement.1 \
	man/v6kit-completion.1 \
	man/v6kit-count.1 \
	man/v6kit-diff.1 \
	man/v6kit-free.1 \
	man/v6kit-grep.1 \
	man/v6kit-in.1 \
	man/v6kit-info.1 \
	man/v6kit-intersect.1 \
	man/v6kit-list.1 \
	man/v6kit-mail.1 \
	man/v6kit-merge.1 \
	man/v6kit-next.1 \
	man/v6kit-norm.1 \
	man/v6kit-overlap.1 \
	man/v6kit-parent.1 \
	man/v6kit-rand.1 \
	man/v6kit-range.1 \
	man/v6kit-selftest.1 \
	man/v6kit-sendmail-lint.1 \
	man/v6kit-sendmail.1 \
	man/v6kit-span.1 \
	man/v6kit-split.1 \
	man/v6kit-subtract.1 \
	man/v6kit-symdiff.1 \
	man/v6kit.1 \
	man/v6kit.3 \
	man/v6kit_addr.3 \
	man/v6kit_cidr.3 \
	man/v6kit_count.3 \
	man/v6kit_cover.3 \
	man/v6kit_error.3 \
	man/v6kit_list.3 \
	man/v6kit_lpm.3 \
	man/v6kit_map.3 \
	man/v6kit_notation.3 \
	man/v6kit_prefix.3 \
	man/v6kit_range.3 \
	man/v6kit_scan.3 \
	man/v6kit_set.3
