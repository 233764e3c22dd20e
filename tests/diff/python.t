#!/bin/sh
# norm beside Python's ipaddress module, over random texts. V6KIT_SEED chooses others.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"
needs python3 python3

cat >"$tmp/texts.py" <<'END'
"""Random texts, a line each: addresses in any spelling, and spoiled ones. Lines that norm reads and
ipaddress does not (notations, blanks that the line reader trims) are left out."""
import random
import sys

random.seed(int(sys.argv[1]))
count = int(sys.argv[2])


def group():
    return random.choice(["0", "0", "0000", "1", "ffff", "%x", "%04x", "%X"]).replace(
        "%x", "%x" % random.getrandbits(16)).replace(
        "%04x", "%04x" % random.getrandbits(16)).replace("%X", "%X" % random.getrandbits(16))


def octet():
    return str(random.choice([0, 1, 9, 10, 99, 100, 199, 255, random.getrandbits(8)]))


def ipv4():
    return ".".join(octet() for _ in range(4))


def ipv6():
    dotted = random.random() < 0.2
    room = 6 if dotted else 8
    if random.random() < 0.7:
        n = random.randrange(room)
        split = random.randint(0, n)
        head = ":".join(group() for _ in range(split))
        tail = [group() for _ in range(n - split)] + ([ipv4()] if dotted else [])
        return head + "::" + ":".join(tail)
    return ":".join([group() for _ in range(room)] + ([ipv4()] if dotted else []))


def mapped():
    return random.choice(["::ffff:", "::FFFF:", "0:0:0:0:0:ffff:"]) + random.choice(
        [ipv4(), "%x:%x" % (random.getrandbits(16), random.getrandbits(16))])


def spoil(text):
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        if not text:
            break
        i = random.randrange(len(text))
        edit = random.randrange(4)
        if edit == 0:
            text = text[:i] + text[i + 1:]
        elif edit == 1:
            text = text[:i] + random.choice("0123456789abcfABF:::...gx%") + text[i:]
        elif edit == 2:
            text = text[:i] + random.choice("0123456789abcfABF:::...gx%") + text[i + 1:]
        else:
            text = text[:i]
    return text


made = 0
while made < count:
    text = spoil(random.choice([ipv4, ipv6, ipv6, ipv6, mapped])())
    if text:
        print(text)
        made += 1
END

cat >"$tmp/normal.py" <<'END'
"""What norm --on-error=keep has to print: canonical text of an address, other lines as they are."""
import ipaddress
import re
import sys

addresses = 0
for line in sys.stdin:
    text = line.rstrip("\n")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        print(text)
        continue
    zone = getattr(address, "scope_id", None)
    # Python takes any bytes but "%" and "/" as a zone; ruling 4 those of RFC 6874. A ":" may not.
    if zone is not None and not re.fullmatch(r"[A-Za-z0-9._~-]+", zone):
        print(text)
        continue
    addresses += 1
    # Rulings 6 and 7: mapped addresses are dotted, before Python 3.13 they were not; others are not.
    if address.version == 6 and address.ipv4_mapped is not None:
        print("::ffff:" + str(address.ipv4_mapped) + ("%" + zone if zone else ""))
    else:
        print(address)
print("# %d addresses" % addresses, file=sys.stderr)
END

seed=${V6KIT_SEED:-20260125}
count=5000
echo "# V6KIT_SEED=$seed"
python3 "$tmp/texts.py" "$seed" "$count" >"$tmp/texts"
python3 "$tmp/normal.py" <"$tmp/texts" >"$tmp/want" 2>"$tmp/found"
cat "$tmp/found"
is "there are $count texts" "$(wc -l <"$tmp/texts" | tr -d ' ')" "$count"
in=$tmp/texts run norm --on-error=keep
is "norm says that there were bad lines" "$status" 2
paste "$tmp/texts" "$tmp/want" "$tmp/out" | awk -F '\t' '$2 != $3' >"$tmp/differ"
is "norm and ipaddress agree (text, theirs, ours)" "$(head -n 20 "$tmp/differ")" ""
is "a line comes out for each that goes in" "$(wc -l <"$tmp/out" | tr -d ' ')" "$count"

done_testing
