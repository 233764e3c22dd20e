#!/bin/sh
# The keys of a prefix, looked up by real sendmail in a real access map: each address of the prefix is
# found, its neighbours outside are not. Everything is known here without v6kit: perl makes the
# prefixes and the addresses from 16-bit groups. V6KIT_SEED repeats a run.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
# shellcheck source=tests/mail/lib.sh
. "${srcdir:-.}/tests/mail/lib.sh"

need_sendmail
make_namespaces
seed=${V6KIT_SEED:-$(date +%s)$$}
# perl takes a seed of 32 bits.
seed=$((seed % 4294967296))
echo "# V6KIT_SEED=$seed"

# Each prefix has a tag of its own, so that one map and one sendmail do for all of them.
# prefixes: TAG, PREFIX, the number of its keys. queries: TAG, PREFIX, in or out, an address as
# sendmail writes ${client_addr}.
# shellcheck disable=SC2016 # perl's variables
perl -we '
	use strict;
	my ($seed, $dir) = @ARGV;
	srand $seed;
	open my $prefixes, ">", "$dir/prefixes" or die;
	open my $queries, ">", "$dir/queries" or die;
	my $n = 0;

	# An address is eight groups; an IPv4 address is its mapped form.
	sub mapped { "@_[0 .. 5]" eq "0 0 0 0 0 65535" }
	sub dotted { join ".", map { $_ >> 8, $_ & 255 } @_[6, 7] }
	sub client { mapped(@_) ? dotted(@_) : join ":", "IPv6", map { sprintf "%x", $_ } @_ }

	# One of the ways in which a person may write it.
	sub written {
		my ($as_ipv4, @g) = @_;
		return dotted(@g) if $as_ipv4;
		return "::ffff:" . dotted(@g) if mapped(@g) && rand() < 0.5;
		my $style = int rand 4;
		my $text = join ":", map { sprintf $style == 1 ? "%04x" : "%x", $_ } @g;
		$text =~ s/(^|:)0(:0)*(:|$)/::/ if $style > 1;
		return $style == 3 ? uc $text : $text;
	}

	# The groups with all bits after the first LENGTH replaced by those that NEW gives.
	sub after_bits {
		my ($length, $new, @g) = @_;
		return map {
			my $host = 16 * ($_ + 1) - $length;
			my $mask = $host <= 0 ? 0 : $host >= 16 ? 65535 : (1 << $host) - 1;
			$g[$_] & ~$mask & 65535 | $new->() & $mask;
		} 0 .. 7;
	}

	# The next address (by 1) or the one before it (by -1); none beyond the last.
	sub neighbour {
		my ($by, @g) = @_;
		for my $i (reverse 0 .. 7) {
			$g[$i] += $by;
			return @g if $g[$i] >= 0 && $g[$i] <= 65535;
			$g[$i] &= 65535;
		}
		return;
	}

	sub any { int rand 65536 }

	sub prefix {
		my ($length, $as_ipv4, @g) = @_;
		my @first = after_bits($length, sub { 0 }, @g);
		my @last = after_bits($length, sub { 65535 }, @g);
		my $ipv4 = mapped(@first) && $length >= 96;
		my $unit = $ipv4 ? 8 : 16;
		my $bits = $ipv4 ? $length - 96 : $length;
		my $whole = $unit * int(($bits + $unit - 1) / $unit);
		# Without a group there is the one key "IPv6"; for IPv4 there is none such.
		$whole = 8 if $ipv4 && $bits == 0;
		my $tag = "T" . $n++;
		my $text = written($as_ipv4, @first) . "/" . ($as_ipv4 ? $length - 96 : $length);
		print $prefixes "$tag $text ", 2 ** ($whole - $bits), "\n";
		my @in = (\@first, \@last, map { [after_bits($length, \&any, @g)] } 1, 2);
		my @out = ([neighbour(-1, @first)], [neighbour(1, @last)]);
		# The map knows a mapped client as IPv4 alone.
		@in = grep { !mapped(@$_) } @in if !$ipv4;
		print $queries "$tag $text in ", client(@$_), "\n" for @in;
		print $queries "$tag $text out ", client(@$_), "\n" for grep { @$_ } @out;
	}

	# The ends of what there is, and the sizes that the manual page speaks of.
	prefix(0, 0, (0) x 8);
	prefix(96, $_, (0) x 5, 65535, 0, 0) for 0, 1;
	prefix(97, 1, (0) x 5, 65535, 32768, 0);
	prefix(128, $_, (0) x 5, 65535, 65535, 65535) for 0, 1;
	prefix(128, 1, (0) x 5, 65535, 0, 0);
	prefix(128, 0, (0) x 8);
	prefix(128, 0, (0) x 7, 1);
	prefix(128, 0, (65535) x 8);
	prefix(127, 0, (65535) x 8);
	prefix($_, 0, 0x2a00, 0xa200, 0, 0x12, 0, 0, 0, 0x25) for 128, 127, 100, 64, 63, 52, 48, 47, 36, 32;
	my $fixed = $n;

	while ($n < $fixed + 100) {
		my $kind = rand;
		# Many zeros and small groups: that is where the spellings differ.
		my @g = map { rand() < 0.3 ? 0 : rand() < 0.2 ? int rand 256 : any } 0 .. 7;
		if ($kind < 0.4) {
			prefix(97 + int rand 32, 1, (0) x 5, 65535, any, any) if $kind < 0.25;
			prefix(96 + int rand 33, 0, (0) x 5, 65535, any, any) if $kind >= 0.25;
			next;
		}
		my $length = 1 + int rand 128;
		# At most 256 keys, and once in a while up to 4096.
		next if -$length % 16 > (rand() < 0.1 ? 12 : 8);
		# Not what has the mapped addresses within it.
		my @masked = after_bits($length, sub { 0 }, @g);
		next if $length < 96 && "@masked" eq join " ", after_bits($length, sub { 0 }, (0) x 5, 65535, 0, 0);
		prefix($length, 0, @g);
	}' "$seed" "$tmp" || not_ok "the prefixes are made"

# The keys, all in one map.
while read -r tag prefix count; do
	if ! "$V6KIT" sendmail key --tag "$tag" --value HIT "$prefix" >"$tmp/keys" 2>"$tmp/err"; then
		echo "$tag $prefix: $(cat "$tmp/err")"
	elif [ "$(sort -u "$tmp/keys" | wc -l)" -ne "$count" ]; then
		echo "$tag $prefix: $(sort -u "$tmp/keys" | wc -l) keys, want $count"
	fi
	cat "$tmp/keys" >>"$tmp/all"
done <"$tmp/prefixes" >"$tmp/wrong"
is "the number of keys of $(wc -l <"$tmp/prefixes") prefixes" "$(cat "$tmp/wrong")" ""

make_cf keys <<EOF
FEATURE(\`access_db', \`hash -T<TMPF> $tmp/access')dnl
EOF
if makemap -C "$tmp/keys.cf" hash "$tmp/access" <"$tmp/all" >"$tmp/makemap" 2>&1; then
	ok "makemap takes them"
else
	not_ok "makemap takes them" "$(head -n 5 "$tmp/makemap")"
fi

# Ruleset A (LookUpAddress) is what the stock rules ask about a client; with "!" the tag is a must.
# It prints each step of its recursion; the last "returns" before the next prompt is the answer.
bt() {
	sed 's/^\([^ ]*\) [^ ]* [^ ]* \(.*\)$/A <\2> <?> <! \1> <>/' "$1" |
		inside "$ns_a" timeout 60 sendmail -bt -C "$tmp/keys.cf" 2>&1 | awk '
			/^> A / { if (n++) print answer; answer = "nothing" }
			/^A  *returns: / { answer = $3 == "<" && $4 == "HIT" ? "in" : $4 == "?" ? "out" : $0 }
			!/^(> )?A / && n { answer = $0 == "> " ? answer : $0 }
			END { if (n) print answer }' |
		paste -d ' ' "$1" - | awk '$5 != $3 || NF != 5'
}
is "sendmail -bt agrees on $(wc -l <"$tmp/queries") addresses" "$(bt "$tmp/queries" | head -n 20)" ""

done_testing
