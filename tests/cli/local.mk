# tests/cli: every command as its user sees it.

cli_tests = \
	tests/cli/arpa.t \
	tests/cli/complement.t \
	tests/cli/completion.t \
	tests/cli/compressed.t \
	tests/cli/count.t \
	tests/cli/diff.t \
	tests/cli/errors.t \
	tests/cli/forms.t \
	tests/cli/frame.t \
	tests/cli/free.t \
	tests/cli/grep.t \
	tests/cli/grep-files.t \
	tests/cli/grep-lines.t \
	tests/cli/grep-vectors.t \
	tests/cli/in.t \
	tests/cli/info.t \
	tests/cli/intersect.t \
	tests/cli/lint.t \
	tests/cli/json.t \
	tests/cli/list.t \
	tests/cli/mail.t \
	tests/cli/mail-convert.t \
	tests/cli/mail-spf.t \
	tests/cli/memory.t \
	tests/cli/merge.t \
	tests/cli/next.t \
	tests/cli/norm.t \
	tests/cli/ops-prefix.t \
	tests/cli/ops-sets.t \
	tests/cli/output.t \
	tests/cli/overlap.t \
	tests/cli/parent.t \
	tests/cli/rand.t \
	tests/cli/range.t \
	tests/cli/records.t \
	tests/cli/second.t \
	tests/cli/selftest.t \
	tests/cli/sendmail.t \
	tests/cli/sets.t \
	tests/cli/span.t \
	tests/cli/split.t \
	tests/cli/stream.t \
	tests/cli/subtract.t \
	tests/cli/symdiff.t \
	tests/cli/threads.t \
	tests/mail/cases.t \
	tests/mail/lint.t
TESTS += $(cli_tests)
EXTRA_DIST += $(cli_tests) tests/cli/lib.sh tests/cli/sarif.py
