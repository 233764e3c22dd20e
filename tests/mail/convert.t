#!/bin/sh
# A map that was converted, looked up by real makemap and postmap: a client gets from Postfix what the
# longest carried key of sendmail's map says of it, whichever keys were carried. Everything else is
# known here without v6kit: perl cuts groups as sendmail does, and text as access(5) has it, off what
# inet_ntop writes. V6KIT_SEED repeats a run.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

: "${tmp:?}"
PATH=$PATH:/usr/sbin:/sbin
needs sendmail makemap
needs postfix perl
# $V6KIT_MTA is a folder in which packages of mail servers are unpacked: two of them are never
# installed on one machine.
for root in "${V6KIT_MTA:-}" "${V6KIT_MTA:-}/postfix" ''; do
	postmap=$root/usr/sbin/postmap
	[ ! -x "$postmap" ] || break
done
[ -x "$postmap" ] || skip_all postfix 'no postmap is installed, nor unpacked in V6KIT_MTA'
LD_LIBRARY_PATH=$root/usr/lib/postfix${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
mkdir "$tmp/etc"
# Users that are there; postmap starts nothing.
printf '%s\n' 'compatibility_level = 3.6' 'mail_owner = daemon' 'setgid_group = mail' >"$tmp/etc/main.cf"
postmap() {
	LD_LIBRARY_PATH=$LD_LIBRARY_PATH "$postmap" -c "$tmp/etc" "$@"
}
seed=${V6KIT_SEED:-$(date +%s)$$}
seed=$((seed % 4294967296))
echo "# V6KIT_SEED=$seed"

# keys: groups with many zeros, where the spellings differ, each with a value of its own; the keys of
# IPv4, and comments between. clients: inside and beside them.
# shellcheck disable=SC2016 # perl's variables
perl -we '
	use strict;
	use Socket qw(inet_ntop AF_INET6);
	my ($seed, $dir) = @ARGV;
	srand $seed;
	open my $keys, ">", "$dir/access" or die;
	open my $clients, ">", "$dir/clients" or die;
	my (%seen, @prefix);
	my @some = (0, 0, 0, 0, 0x2a00, 0x12, 1, 0xffff);

	sub group { $some[int rand @some] }

	for my $i (1 .. 600) {
		my @g = map group(), 1 .. 1 + int rand 8;
		my $key = join ":", map { sprintf "%x", $_ } @g;
		next if $seen{$key}++;
		print $keys "# $i\n" if rand() < 0.1;
		print $keys rand() < 0.5 ? "Connect:" : "", "IPv6:", rand() < 0.5 ? uc $key : $key,
			"\tREJECT $i\n";
		push @prefix, \@g;
	}
	for my $i (1 .. 50) {
		my $key = join ".", map { int rand 3 } 1 .. 1 + int rand 4;
		print $keys "Connect:$key REJECT v4 $i\n" if !$seen{$key}++;
	}
	for my $i (1 .. 4000) {
		my @g = @{$prefix[int rand @prefix]};
		# A neighbour, now and then, of more or fewer zeros.
		splice @g, int rand @g, 1 if rand() < 0.3;
		splice @g, int rand @g, 0, 0 if @g && rand() < 0.3;
		push @g, group() while @g < 8;
		splice @g, 8;
		# A mapped client is an IPv4 one.
		next if "@g[0 .. 5]" eq "0 0 0 0 0 65535";
		print $clients join(":", map { sprintf "%x", $_ } @g), " ",
			inet_ntop(AF_INET6, pack "n8", @g), "\n";
	}' "$seed" "$tmp" || not_ok 'the map is made'

run mail convert --from sendmail --to postfix "$tmp/access"
cp "$tmp/out" "$tmp/postfix"
is 'the map is converted' "$status" 1
is 'a line for a line' "$(wc -l <"$tmp/postfix")" "$(wc -l <"$tmp/access")"
makemap hash "$tmp/access.db" <"$tmp/access" >"$tmp/said" 2>&1
is 'makemap takes the one' "$? $(grep -v '^WARNING: World writable' "$tmp/said")" '0 '
# "is this an alias file?", it asks about keys that end in a colon.
postmap "hash:$tmp/postfix" 2>"$tmp/said"
is 'postmap takes the other' "$? $(grep -v 'is in "key: value" format' "$tmp/said")" '0 '

# Every text that Postfix would ask for, once.
awk '{
	for (text = $2; ; ) {
		if (!seen[text]++)
			print text
		if (!match(text, /:[^:]*$/) || RSTART == 1)
			break
		text = substr(text, 1, RSTART - 1)
	}
}' "$tmp/clients" >"$tmp/asked"
postmap -q - "hash:$tmp/postfix" <"$tmp/asked" >"$tmp/found" 2>"$tmp/said"
makemap -u hash "$tmp/access.db" >"$tmp/all" 2>"$tmp/said"

# shellcheck disable=SC2016 # perl's variables
wrong=$(perl -we '
	use strict;
	my ($dir) = @ARGV;
	my (%sendmail, %postfix, %carried);
	my ($n, $hits) = (0, 0);

	sub lines { open my $f, "<", "$dir/$_[0]" or die; my @l = <$f>; chomp @l; @l }

	for (lines("all")) {
		/^(?:connect:)?(.*?)\t(.*)/ or die;
		$sendmail{$1} = $2;
	}
	for (lines("found")) {
		/^(.*?)\t(.*)/ or die;
		$postfix{$1} = $2;
	}
	$carried{$_} = 1 for map { /^[^#]\S*\s+(.*)/ ? $1 : () } lines("postfix");
	for (lines("clients")) {
		my ($full, $text) = split;
		my ($want, $got) = ("", "");
		for (my $key = "ipv6:$full"; $key =~ /:/; $key =~ s/:[^:]*$//) {
			my $value = $sendmail{$key};
			$want = $value, last if defined $value && $carried{$value};
		}
		for (;;) {
			$got = $postfix{$text}, last if defined $postfix{$text};
			$text =~ s/:[^:]*$// or last;
			last if $text eq "";
		}
		$n++;
		$hits += $want ne "";
		print "$full: Postfix finds \"$got\", and it should \"$want\"\n" if $got ne $want;
	}
	print "$hits of $n clients were found\n" if $hits < $n / 10;
	print STDERR "# $n clients, $hits found, ", scalar keys %carried, " keys carried\n";' "$tmp")
is 'Postfix finds for every client what was carried of it' "$wrong" ''

# The values that a note is about, and the lines of a cidr: table that it gives.
"$V6KIT" mail convert --from sendmail --to postfix "$tmp/access" 2>&1 >"$tmp/null" |
	sed -n 's/.*; in a cidr: table: //p' | sort -t / -k 2,2nr >"$tmp/cidr"
awk '{ print $2 }' "$tmp/clients" | postmap -q - "cidr:$tmp/cidr" >"$tmp/found" 2>"$tmp/said"
is 'Postfix takes the lines for a cidr: table' "$(cat "$tmp/said")" ''
# shellcheck disable=SC2016 # perl's variables
wrong=$(perl -we '
	use strict;
	my ($dir) = @ARGV;
	my (%sendmail, %postfix, %left);

	sub lines { open my $f, "<", "$dir/$_[0]" or die; my @l = <$f>; chomp @l; @l }

	/^(?:connect:)?(.*?)\t(.*)/ and $sendmail{$1} = $2 for lines("all");
	/^(.*?)\t(.*)/ and $postfix{$1} = $2 for lines("found");
	$left{$_} = 1 for map { /^#[^ ]\S*\s+(.*)/ ? $1 : () } lines("postfix");
	for (lines("clients")) {
		my ($full, $text) = split;
		my $want = "";
		for (my $key = "ipv6:$full"; $key =~ /:/; $key =~ s/:[^:]*$//) {
			my $value = $sendmail{$key};
			$want = $value, last if defined $value && $left{$value};
		}
		my $got = $postfix{$text} // "";
		print "$full: the cidr: table says \"$got\", and it should \"$want\"\n" if $got ne $want;
	}' "$tmp")
is 'and they say what was not carried' "$wrong" ''

# What Postfix does with the values, and with lines that it would leave out.
printf 'a REJECT \303\244\nb REJECT \344\n' >"$tmp/access"
run mail convert --from sendmail --to postfix "$tmp/access"
cp "$tmp/out" "$tmp/postfix"
is 'what is not UTF-8 has a note' "$(cat "$tmp/err")" \
	"v6kit: $tmp/access:2:3: note: not UTF-8: postmap would leave the line out"
postmap "hash:$tmp/postfix" 2>"$tmp/said"
is 'and postmap leaves it out' "$(postmap -q a "hash:$tmp/postfix")$(postmap -q b "hash:$tmp/postfix")" \
	"$(sed -n '1s/^a //p' "$tmp/access")"

done_testing
