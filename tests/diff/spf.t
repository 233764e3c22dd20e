#!/bin/sh
# mail spf --parse beside Debian's python3-spf: the suite of records that is in its package, and its own
# verdict over random records. V6KIT_SEED chooses others.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

: "${tmp:?}"
needs spf python3
# A python of one's own may hide the one that has Debian's modules.
for python in python3 /usr/bin/python3 ''; do
	[ -n "$python" ] || skip_all spf 'python3-spf and python3-yaml are not installed'
	! "$python" -c 'import spf, yaml' 2>/dev/null || break
done
suite=/usr/share/doc/python3-spf/rfc7208-tests.yml.gz
seed=${V6KIT_SEED:-$(date +%s)$$}
echo "# V6KIT_SEED=$seed"

cat >"$tmp/v6kit.py" <<'END'
import json
import subprocess


def bad_records(v6kit, records):
    """Those of the records that v6kit refuses, and the networks of the others."""
    run = subprocess.run([v6kit, "mail", "spf", "--parse", "-j", "--on-error=keep"],
                         input=b"\n".join(r.encode("latin-1") for r in records) + b"\n",
                         stdout=subprocess.PIPE, check=False, stderr=subprocess.DEVNULL)
    bad, networks = set(), {}
    for line in run.stdout.split(b"\n"):
        if not line:
            continue
        record = json.loads(line)
        if "error" in record:
            bad.add((bytes.fromhex(record["input_hex"]) if "input_hex" in record
                     else record["input"].encode("utf-8")).decode("latin-1"))
        elif "network" in record:
            networks.setdefault(records[record["record"] - 1], []).append(record)
    return bad, networks
END

# The suite says what a receiver answers. A permanent error that only DNS shows is none of ours, and
# one that the suite allows beside another answer is not asked about.
cat >"$tmp/suite.py" <<'END'
import gzip
import sys

import yaml

from v6kit import bad_records

in_dns = """multitxt1 multitxt2 include-permerror include-none redirect-none redirect-loop include-loop
    mx-limit include-over-limit void-over-limit""".split()
want = {}
for part in yaml.safe_load_all(gzip.open(sys.argv[2], "rt", encoding="utf-8")):
    zone = {k.lower().rstrip("."): v for k, v in part["zonedata"].items()} if part else {}
    for name, test in part["tests"].items() if part else ():
        domain = (test["mailfrom"] or test["helo"]).split("@")[-1].lower()
        result = test["result"]
        for record in zone.get(domain, []):
            for kind in ("SPF", "TXT"):
                text = record.get(kind) if isinstance(record, dict) else None
                text = "".join(text) if isinstance(text, list) else text
                if not text or not text.lower().startswith("v=spf1 ") or "\n" in text:
                    continue
                if name not in in_dns and not isinstance(result, list):
                    want[text] = (name, result == "permerror")
bad, _ = bad_records(sys.argv[1], list(want))
for record, (name, is_bad) in want.items():
    if is_bad != (record in bad):
        print(name, "bad" if is_bad else "good", repr(record))
print(len(want) > 80, sum(is_bad for _, is_bad in want.values()) > 30)
END
if [ -r "$suite" ]; then
	is 'the suite of RFC 7208' "$("$python" "$tmp/suite.py" "$V6KIT" "$suite" 2>&1)" 'True True'
else
	left_out spf 'the suite of RFC 7208' "there is no $suite"
fi

# Random records of sound and unsound terms. DNS has an answer for each of them, but for those that
# spf.py would look at for errors of their own: include and redirect.
cat >"$tmp/records.py" <<'END'
import ipaddress
import random
import sys

import spf

from v6kit import bad_records

random.seed(int(sys.argv[2]))
spf.DNSLookup = lambda name, kind, *more, **others: (
    [((name, "A"), "198.51.100.1")] if kind == "A" else
    [((name, "AAAA"), ipaddress.ip_address("2001:db8:ffff::1").packed)] if kind == "AAAA" else
    [((name, "MX"), (1, "mx.example.net"))] if kind == "MX" else
    [((name, kind), (b"v=spf1 -all",))] if kind in ("TXT", "SPF") else
    [((name, "PTR"), "mx.example.net")])


# Errors by the grammar that spf.py passes over; an upgrade that changes this shall be noticed.
# Of modifiers that it does not know it refuses a second one, which section 6 does of redirect and exp.
PASSED_OVER = ["v=spf1 +exists", "v=spf1 foo=%{d2 -all", "v=spf1 exists:%{d0}.a.example -all"]


def pick(*choices):
    return random.choice(choices)


def length(family):
    return pick("", "", "", "", "/0", "/%d" % random.randrange(family + 1), "/%d" % random.randrange(family + 1), "/%d" % (family + 1), "/",
                "/08", "/-1", "/+1", "/x", "/%d" % random.randrange(300))


def ip4():
    return pick("192.0.2.1", "192.0.2.0", "198.51.100.7", "203.0.113.0", "10.0.0.0", "0.0.0.0", "255.255.255.255", "192.0.2", "192.0.2.256",
                "192.0.2.1.1", "", "::1", "%d.%d.%d.%d" % tuple(random.randrange(256) for _ in "1234"))


def ip6():
    return pick("2001:db8::1", "2001:db8:1:2:3:4:5:6", "2a00:a200::", "2A00:A200::1", "fe80::1", "::", "::1", "2001:db8::", "2001:DB8:0:0:1:2:3:4", "::192.0.2.1",
                "1::2::3", "1:2:3:4:5:6:7", "12345::", ":::", "192.0.2.1", "", "[::1]",
                str(ipaddress.ip_address(random.getrandbits(128))))


def domain():
    return pick("a.example", "a.b.example.", "museum", "a.1", "a.1-2", "a.-b", "a.b-", "%{i}.a.example",
                "%{d2r}", "%{d2", "%{z}", "%%.a.b", "%a", "a/b.example", "a:b.example", "", ".", "..",
                "a.b_c", "%{ir}.%{v}._spf.%{d2}", "%{l1r-}.x.org", "%{c}.a.b", "a.b.%_", "a.%-b")


def term():
    name = pick("ip4", "ip4", "ip6", "ip6", "a", "mx", "exists", "all", "foo", "IP4", "Ip6", "ptr")
    if name.lower() == "ip4":
        rest = pick(":", ":", ":", ":", "", "=", "/") + ip4() + length(32)
    elif name.lower() == "ip6":
        rest = pick(":", ":", ":", ":", "", "=", "/") + ip6() + length(128)
    elif name in ("a", "mx"):
        rest = pick("", ":" + domain()) + pick("", length(32)) + pick("", "/" + length(128))
    elif name == "ptr":
        rest = pick("", ":" + domain(), ":" + domain(), length(32))
    elif name == "exists":
        rest = pick(":" + domain(), ":" + domain(), "/24")
    elif name == "all":
        rest = pick("", "", "", ":", ".", "x", "/8", "=")
    else:
        rest = pick("=", "=" + domain().replace("%{d2r}", "").replace("%{d2", ""), "", ":" + domain())
    return pick("", "", "", "+", "-", "~", "?", pick("!", "--")) + name + rest


def answer(record, address):
    query = spf.query(i=address, s="a@example.org", h="mx.example.net")
    return query.check(record)[0]


def sample():
    # Mostly what may pass: a single mistake makes all of it void.
    terms = [term() for _ in range(random.randrange(1, 3))]
    names = [t.split("=")[0].lower() for t in terms if "=" in t]
    if len(set(names)) < len(names):
        return sample()
    return "v=spf1" + pick("", "", "", " ") + " " + pick(" ", " ", "  ").join(terms)


records = list(dict.fromkeys(sample() for _ in range(int(sys.argv[3]))))
bad, networks = bad_records(sys.argv[1], records)
wrong = good = asked = 0
for record in records:
    mine = record in bad
    theirs = answer(record, "203.0.113.9") == "permerror"
    good += not mine
    if mine != theirs:
        wrong += 1
        if wrong <= 10:
            print("v6kit: %s, spf.py: %s: %r" % ("bad" if mine else "good",
                                                "bad" if theirs else "good", record))
    if mine or theirs:
        continue
    # A sender inside each network that passes does pass.
    for found in networks.get(record, []):
        if found["qualifier"] != "+" or "note" in found and "bits" not in found["note"]:
            continue
        network = ipaddress.ip_network(found["network"])
        sender = network[random.randrange(min(network.num_addresses, 2 ** 62))]
        if getattr(sender, "ipv4_mapped", None):
            continue
        asked += 1
        # All that stands before it may say something else.
        if answer("v=spf1 " + found["input"] + " -all", str(sender)) != "pass":
            print("spf.py: %s does not pass %r" % (sender, found["input"]))
        outside = ipaddress.ip_address("198.18.0.1" if network.version == 4 else "2001:db8:1::1")
        if outside not in network and answer("v=spf1 " + found["input"] + " -all",
                                             str(outside)) != "fail":
            print("spf.py: %s passes %r" % (outside, found["input"]))
print("%d records, %d of them good, %d networks" % (len(records), good, asked), file=sys.stderr)
for record in PASSED_OVER:
    if answer(record, "203.0.113.9") == "permerror" or not bad_records(sys.argv[1], [record])[0]:
        print("v6kit and spf.py agree: %r" % record)
record = "v=spf1 foo=a foo=b"
if answer(record, "203.0.113.9") != "permerror" or bad_records(sys.argv[1], [record])[0]:
    print("v6kit and spf.py agree: %r" % record)
print(good > len(records) / 10, asked > 50)
END
is 'random records' "$(PYTHONWARNINGS=ignore "$python" "$tmp/records.py" "$V6KIT" "$seed" 3000 2>"$tmp/said")" \
	'True True'
sed 's/^/# /' "$tmp/said"

done_testing
