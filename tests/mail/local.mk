# tests/mail: real sendmail in network namespaces, and other mail software. They skip without
# root or the programs.

mail_tests = \
	tests/mail/bind.t \
	tests/mail/check.t \
	tests/mail/convert.t \
	tests/mail/daemons.t \
	tests/mail/keys.t \
	tests/mail/listen.t \
	tests/mail/proof-daemons.t \
	tests/mail/proof-keys.t \
	tests/mail/proof-mail.t \
	tests/mail/proof-pairs.t \
	tests/mail/proof-served.t \
	tests/mail/resolve.t \
	tests/mail/servers.t \
	tests/mail/story.t
TESTS += $(mail_tests)
EXTRA_DIST += $(mail_tests) tests/mail/lib.sh tests/mail/lint tests/mail/mta.sh tests/mail/proof.sh
