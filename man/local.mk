# Manual pages, mdoc, by hand.

dist_man_MANS += \
	man/v6kit-arpa.1 \
	man/v6kit-completion.1 \
	man/v6kit-in.1 \
	man/v6kit-info.1 \
	man/v6kit-norm.1 \
	man/v6kit-selftest.1 \
	man/v6kit-sendmail.1 \
	man/v6kit.1
