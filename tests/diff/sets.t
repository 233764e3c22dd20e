#!/bin/sh
# Sets beside Python's ipaddress and netaddr, over random lists of prefixes, addresses and ranges.
# V6KIT_SEED chooses others.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
needs python3 python3
# The first python3 of the path need not be the one that packages are for.
python=
for one in python3 /usr/bin/python3; do
	[ -n "$python" ] || ! $one -c 'import netaddr' 2>/dev/null || python=$one
done
[ -n "$python" ] || skip_all netaddr 'python3-netaddr is not installed'

case $V6KIT in
/*) ;;
*) V6KIT=$PWD/$V6KIT ;;
esac
cd "$tmp" || exit 99
cat >model.py <<'END'
"""For each round the lists N.a and N.b, and N.COMMAND, what v6kit COMMAND has to print of them."""
import ipaddress
import random
import sys

import netaddr

random.seed(int(sys.argv[1]))
WIDTH = {4: 32, 6: 128}


def text(version, number):
    return str((ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address)(number))


def entry(bases):
    """(version, first, last, text), close to others."""
    version, base, spread = random.choice(bases)
    width = WIDTH[version]
    number = min(max(base + random.getrandbits(spread), 0), 2**width - 1)
    kind = random.randrange(4)
    if kind == 0:
        return version, number, number, text(version, number)
    if kind == 1:
        last = min(number + random.getrandbits(spread), 2**width - 1)
        return version, number, last, text(version, number) + "-" + text(version, last)
    bits = width - random.randrange(spread + 2 if random.random() < 0.9 else width + 1)
    bits = min(max(bits, 0), width)
    size = 2**(width - bits)
    number -= number % size
    return version, number, number + size - 1, "%s/%d" % (text(version, number), bits)


def networks(entries):
    made = []
    for version, first, last, _ in entries:
        kind = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
        made += ipaddress.summarize_address_range(kind(first), kind(last))
    return made


def ip_set(entries):
    # Prefixes, since netaddr takes ranges one by one.
    return netaddr.IPSet([netaddr.IPNetwork(str(n)) for n in networks(entries)])


def lines(result):
    nets = [ipaddress.ip_network("%s/%d" % (text(c.version, c.first), c.prefixlen)) for c in result.iter_cidrs()]
    nets.sort(key=lambda n: (n.version, int(n.network_address), n.prefixlen))
    return "".join("%s\n" % n for n in nets)


def collapse(entries):
    made = ""
    for version in (4, 6):
        nets = [n for n in networks(entries) if n.version == version]
        made += "".join("%s\n" % n for n in ipaddress.collapse_addresses(nets))
    return made


for i in range(int(sys.argv[2])):
    spread = random.choice([3, 6, 10])
    bases = [random.choice([(4, 0, spread), (4, 2**32 - 2**spread, spread), (4, 0x0a000000, spread)]),
             random.choice([(6, 0, spread), (6, 2**128 - 2**spread, spread), (6, 0x20010db8 << 96, spread),
                            (6, (0x20010db8 << 96) + 2**64 - 2**(spread - 1), spread),
                            (6, 0x20010db8 << 96, 70)])]
    lists = [[entry(bases) for _ in range(random.randrange(30))] for _ in range(2)]
    for name, entries in zip("ab", lists):
        with open("%d.%s" % (i, name), "w") as file:
            file.write("".join("%s\n" % e[3] for e in entries))
    a, b = (ip_set(entries) for entries in lists)
    count = sum(n.num_addresses for n in ipaddress.collapse_addresses(
        n for n in networks(lists[0] + lists[1]) if n.version == 4))
    count += sum(n.num_addresses for n in ipaddress.collapse_addresses(
        n for n in networks(lists[0] + lists[1]) if n.version == 6))
    whole = netaddr.IPSet(["0.0.0.0/0", "::/0"])
    for command, want in (("merge", collapse(lists[0] + lists[1])), ("intersect", lines(a & b)),
                          ("subtract", lines(a - b)), ("symdiff", lines(a ^ b)),
                          ("complement", lines(whole - (a | b))), ("count", "%d\n" % count)):
        with open("%d.%s" % (i, command), "w") as file:
            file.write(want)
    # netaddr and ipaddress agree about the union.
    assert lines(a | b) == collapse(lists[0] + lists[1])
END

seed=${V6KIT_SEED:-20260127}
rounds=150
echo "# V6KIT_SEED=$seed"
$python model.py "$seed" $rounds >said 2>&1
is 'the model is made' "$?:$(cat said)" 0:
for command in merge intersect subtract symdiff complement count; do
	differ=
	i=0
	while [ $i -lt $rounds ]; do
		"$V6KIT" $command $i.a $i.b >got 2>&1
		if ! cmp -s got $i.$command; then
			differ="$differ$i: $(diff got $i.$command | head -5)
"
		fi
		i=$((i + 1))
	done
	is "$command, $rounds times" "$(printf '%s' "$differ" | head -20)" ''
done
is 'no round is without a result' "$(($(cat ./*.intersect | wc -l) > 300)):$(($(cat ./*.symdiff | wc -l) > 1000))" 1:1

done_testing
