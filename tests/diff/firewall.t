#!/bin/sh
# nft, ipset and iptables-restore take what --as nft, ipset and iptables print, hold exactly that, and hold
# the new list alone when it is loaded again: in a network namespace of the test's own.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

PATH=$PATH:/usr/sbin:/sbin
case $V6KIT in
/*) ;;
*) V6KIT=$PWD/$V6KIT ;;
esac
[ "$(id -u)" -eq 0 ] || skip_all netns 'only root may make a network namespace'
unshare --net true 2>/dev/null || skip_all netns 'no right to make a network namespace'

cd "$tmp" || exit 99
# Neighbours, both ends, single addresses, and as many as make a kernel set grow.
awk 'BEGIN {
	print "0.0.0.0/8\n255.255.255.255\n255.255.255.252/31\n10.0.0.0-10.0.0.130\n::1\n::/64\n8000::/1"
	print "2001:db8::/32\n::ffff:192.0.2.0/120"
	for (i = 0; i < 2000; i++)
		printf "11.%d.%d.0/25\n2001:db9:%x::/%d\n", i / 128, i % 128 * 2, i * 8, 46 + i % 19
}' >list
printf '192.0.2.0/24\n2001:db8::/48\n' >small
printf '0.0.0.0/0\n::/0\n' >all
: >none
"$V6KIT" merge list >want
is 'the list is long' "$(($(wc -l <want) > 3500))" 1

# in_ns SCRIPT: runs it in a namespace of its own; what it says goes to said.
in_ns() {
	V6KIT=$V6KIT unshare --net sh -c "$1" >got 2>said
}
# holds WHAT LIST: what is in got, prefixes a line in any order, is the list.
holds() {
	"$V6KIT" merge "$2" >wanted
	"$V6KIT" merge got >found 2>&1
	is "$1" "$(cat said):$(cmp found wanted 2>&1)" :
}

if ! command -v nft >/dev/null 2>&1; then
	left_out nft 'nft takes it' 'nft is not installed'
elif ! in_ns 'nft add table inet x'; then
	left_out nft 'nft takes it' "this kernel has no nf_tables: $(cat said)"
else
	elements='nft -j list ruleset | tr "{[" "\n\n" | sed -n "s/.*\"addr\": \"\([^\"]*\)\", \"len\": \([0-9]*\).*/\1\/\2/p"'
	for file in list small all none; do
		"$V6KIT" merge --as nft $file >$file.nft
		in_ns "nft -c -f - <$file.nft"
		is "nft -c -f - takes $file" "$?:$(cat got said)" 0:
	done
	# Single addresses are no prefixes to nft: they are listed by themselves.
	singles='nft list ruleset | tr -d "\t{}=" | tr "," "\n" | sed "s/elements//; s/ //g" | grep "^[0-9a-f:.][0-9a-f:./-]*$"'
	for file in list small none; do
		in_ns "nft -f list.nft && nft -f $file.nft && $singles"
		holds "nft holds $file, after list" $file
	done
	in_ns "nft -f all.nft && $elements"
	holds 'nft holds all addresses' all
fi

if ! command -v ipset >/dev/null 2>&1; then
	left_out ipset 'ipset takes it' 'ipset is not installed'
elif ! in_ns 'ipset create x hash:net'; then
	left_out ipset 'ipset takes it' "this kernel has no ip_set: $(cat said)"
else
	members='ipset save | sed -n "s/^add v6kit_v[46] //p"'
	for file in list small all none; do
		"$V6KIT" merge --as ipset $file >$file.ipset
	done
	for file in list small all none; do
		in_ns "ipset restore <list.ipset && ipset restore <$file.ipset && $members"
		holds "ipset holds $file, after list" $file
		in_ns "ipset restore <$file.ipset && ipset restore <list.ipset && $members"
		holds "ipset holds list, after $file" list
	done
	in_ns 'ipset restore <list.ipset && ipset list -n'
	is 'no set is left over' "$(cat said got)" 'v6kit_v4
v6kit_v6'
fi

if ! command -v iptables-restore >/dev/null 2>&1; then
	left_out iptables 'iptables takes it' 'iptables-restore is not installed'
elif ! in_ns 'iptables -S && ip6tables -S'; then
	left_out iptables 'iptables takes it' "this kernel has no iptables: $(cat said)"
else
	# A rule for all addresses is saved without -s.
	# shellcheck disable=SC2016 # the inner shell expands it
	rules='for v in iptables:0.0.0.0/0 ip6tables:::/0; do
		${v%%:*}-save | sed -n "s|^-A v6kit -s \([^ ]*\) -j DROP$|\1|p; s|^-A v6kit -j DROP$|${v#*:}|p"
	done'
	for file in list small all none; do
		"$V6KIT" merge --as iptables $file >$file.iptables
	done
	for file in list small all none; do
		in_ns "for v in iptables ip6tables; do
			\$v-restore --noflush <list.iptables && \$v-restore --noflush <$file.iptables || exit 1
		done; $rules"
		holds "iptables and ip6tables hold $file, after list" $file
	done
fi

done_testing
