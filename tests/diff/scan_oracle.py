"""The rules of v6kit_scan(3), written out plainly: every part of every token is tried, and Python's
ipaddress says what an address is. Compares what they give with what a scanner prints, over random
logs. Usage: scan_oracle.py SEED LINES COMMAND..."""
import functools
import ipaddress
import random
import re
import subprocess
import sys

TOKEN = re.compile(r"[0-9A-Za-z_.:]+")
NAME_RUN = re.compile(r"[0-9A-Za-z_.-]+")
END = r":?\.*"
LABELS = r"(?:.*:)?[^:]*[g-zG-Z][^:]*:"
ZONE = "[0-9A-Za-z._~-]"
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"


@functools.lru_cache(1 << 16)
def address(text):
    """The address that a text is, or None."""
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}", text):
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_port(text, shape):
    """Whether a text is a port in the shape of an expression with one group."""
    match = re.fullmatch(shape, text)
    return bool(match) and int(match[1]) <= 65535


def may_follow(addr, text, rest, tcpdump):
    """Whether the rest of a token may stand behind an address. Also tells if there is a port."""
    if re.fullmatch(END, rest):
        return not (text == "::" and rest.startswith(":")), False
    port = False
    if "." in text:
        port = is_port(rest, r":(0|[1-9]\d{0,4})" + END)
    elif text != "::":
        port = is_port(rest, r":([1-9]\d{4})" + END)
    if addr.version == 6 or tcpdump:
        port = port or is_port(rest, r"\.(0|[1-9]\d{0,4})" + END)
    return port, port


def escape(line, start, end):
    """How much of a token belongs to an escape before it; None when it spoils the token."""
    token = line[start:end]
    if line[:start].endswith("\\"):
        match = re.match(r"[nrt]", token)
        if match:
            return 1
        match = re.match(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})", token)
        if not match:
            return 0
        return None if TOKEN.match(chr(int(match[1] or match[2], 16))) else match.end()
    match = re.match(r"[0-9]*[g-zG-Z]", token)
    if match and re.search(r"\x1b\[[0-9;]*$", line[:start]):
        return match.end()
    return 0


def plain(line, start, end, tcpdump):
    """The address in the token line[start:end]: (from, to, address, whether with a port)."""
    skip = escape(line, start, end)
    if skip is None:
        return None
    found = []
    for i in range(start + skip, end):
        label = line[start + skip:i]
        if label and not re.fullmatch(LABELS, label):
            continue
        for j in range(i + 2, min(i + 46, end + 1)):
            addr = address(line[i:j])
            if addr:
                good, port = may_follow(addr, line[i:j], line[j:end], tcpdump)
                if good:
                    found.append((i, j, addr, port))
    assert len(found) < 2, ("the rules leave a choice", line, found)
    return found[0] if found else None


def length(line, at, version):
    """A length behind line[at], which is "/": (length, its end, the end of the token)."""
    match = re.match(r"/(0|[1-9]\d{0,2})(" + END + r")(?![0-9A-Za-z_.:])", line[at:])
    if not match or int(match[1]) > (32 if version == 4 else 128):
        return None
    return int(match[1]), at + match.end(1), at + match.end()


def judge(line, start, end, tcpdump):
    """A token: (the hit or None, where to go on)."""
    got = plain(line, start, end, tcpdump)
    if not got:
        return None, end
    i, j, addr, _ = got
    width = addr.max_prefixlen
    hit = {"off": i, "end": j, "addr_len": j - i, "zone_at": 0, "zone_len": 0, "kind": 1,
           "bits": width, "first": addr, "last": addr}
    go_on = end
    at = j
    if at < end or at == len(line):
        return hit, go_on
    if line[at] == "%" and addr.version == 6:
        run = re.match(ZONE + "*", line[at + 1:])[0]
        zone = run.rstrip(".")
        if not zone:
            return hit, go_on
        at += 1
        hit["end"] = at + len(zone)
        go_on = at + len(run)
        skip = 2 if line[:start].endswith("[") and re.match("25.", zone) else 0
        hit["zone_at"] = at + skip - i
        hit["zone_len"] = len(zone) - skip
        after = TOKEN.match(line, go_on)
        if after:
            if zone != run or not (re.fullmatch(END, after[0]) or
                                   is_port(after[0], r":(0|[1-9]\d{0,4})" + END)):
                return None, after.end()
            return hit, after.end()
        if zone != run or not line[go_on:].startswith("/"):
            return hit, go_on
        at = go_on
    if line[at] == "/" and not line[:start].endswith("://"):
        found = length(line, at, addr.version)
        if found:
            hit["bits"], hit["end"], go_on = found
            network = ipaddress.ip_network((addr, found[0]), strict=False)
            if network[0] == addr:
                hit["kind"], hit["last"] = 2, network[-1]
    elif line[at] == "-":
        last = TOKEN.match(line, at + 1)
        for k in range(2, len(last[0]) + 1) if last else ():
            text, rest = last[0][:k], last[0][k:]
            other = address(text)
            if not other or other.version != addr.version or other < addr:
                continue
            good, port = may_follow(other, text, rest, tcpdump)
            if not good or port:
                continue
            behind = at + 1 + k
            if not rest and (length(line, behind, addr.version) or
                             addr.version == 6 and re.match(r"%\.*(?!\.)" + ZONE, line[behind:])):
                continue
            hit.update(kind=3, bits=0, last=other, end=behind)
            go_on = last.end()
    return hit, go_on


def name(line, start):
    """The name at line[start:]: (the hit or None, where to go on)."""
    run = NAME_RUN.match(line, start)
    if not run or (start and NAME_RUN.match(line[start - 1])):
        return None, start
    if line[:start].endswith("%") or re.search(r"[0-9A-Za-z_.]/$", line[:start]):
        return None, start
    text = run[0].rstrip(".")
    hit = {"off": start, "end": start + len(text), "addr_len": len(text), "zone_at": 0,
           "zone_len": 0}
    match = re.fullmatch(r"((?:[0-9A-F]\.){0,32})ip6\.arpa", text, re.I)
    if match:
        nibbles = match[1].replace(".", "")[::-1]
        bits, width = 4 * len(nibbles), 128
        first = int(nibbles.ljust(32, "0"), 16)
        make = ipaddress.IPv6Address
    match = re.fullmatch(r"((?:%s\.){0,4})in-addr\.arpa" % OCTET, text, re.I)
    if match:
        octets = match[1].split(".")[-2::-1]
        bits, width = 8 * len(octets), 32
        first = int.from_bytes(bytes(map(int, octets)).ljust(4, b"\0"), "big")
        make = ipaddress.IPv4Address
    elif re.search(r"(?:^|\.)ip6\.arpa$", text, re.I):
        if not re.fullmatch(r"((?:[0-9A-F]\.){0,32})ip6\.arpa", text, re.I):
            return None, start
    else:
        match = re.fullmatch(r"([0-9A-F-]+)(?:s(%s+))?\.ipv6-literal\.net" % ZONE, text, re.I)
        addr = match and address(match[1].replace("-", ":"))
        # Here the groups may look like a hardware address.
        if match and not addr and re.fullmatch(r"(?:[0-9A-F]{2}-){7}[0-9A-F]{2}", match[1], re.I):
            addr = ipaddress.ip_address(match[1].replace("-", ":"))
        if not addr:
            return None, start
        if match[2]:
            hit.update(zone_at=match.start(2), zone_len=len(match[2]))
        bits = width = 128
        first, make = int(addr), ipaddress.IPv6Address
    hit.update(kind=1 if bits == width else 2, bits=bits, first=make(first),
               last=make(first | ((1 << (width - bits)) - 1)))
    return hit, run.end() + line[run.end():].startswith(":")


def hits(line, tcpdump, names):
    at = 0
    while at < len(line):
        token = TOKEN.search(line, at)
        end = token.end() if token else len(line)
        hit = None
        for start in range(at, end) if names else ():
            hit, go_on = name(line, start)
            if hit:
                break
        if not hit:
            if not token:
                return
            hit, go_on = judge(line, token.start(), end, tcpdump)
        if hit:
            yield hit
        at = go_on


class Logs:
    """Random lines: what stands in logs, put together in ways that it does not."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def pick(self, *choices):
        choice = self.r.choice(choices)
        return choice() if callable(choice) else choice

    def number(self):
        return str(self.pick(0, 1, 9, 24, 32, 48, 64, 80, 99, 128, 129, 255, 256, 443, 65535, 65536,
                             "08", self.r.getrandbits(16), self.r.getrandbits(20)))

    def ipv4(self):
        return ".".join(str(self.pick(0, 1, 10, 192, 255, self.r.getrandbits(8)))
                        for _ in range(self.pick(4, 4, 4, 4, 4, 4, 3, 5)))

    def group(self):
        return self.pick("0", "1", "00", "ff", "%x" % self.r.getrandbits(16),
                         "%04X" % self.r.getrandbits(16), "%02x" % self.r.getrandbits(8))

    def ipv6(self):
        kind = self.r.random()
        if kind < 0.25:
            groups = [self.group() for _ in range(self.pick(8, 8, 8, 8, 7, 6, 9))]
            if self.r.random() < 0.2:
                groups[6:] = [self.ipv4()]
            return ":".join(groups)
        if kind < 0.3:
            return ":".join("%02x" % self.r.getrandbits(8) for _ in range(self.pick(6, 8, 8)))
        head = ":".join(self.group() for _ in range(self.r.randrange(5)))
        tail = [self.group() for _ in range(self.r.randrange(4))]
        if self.r.random() < 0.2:
            tail.append(self.ipv4())
        return head + "::" + ":".join(tail)

    def arpa(self):
        if self.r.random() < 0.3:
            return ".".join(str(self.pick(0, 2, 192, 255, 256, "01", "0/25"))
                            for _ in range(self.r.randrange(6))) + self.pick(
                                ".in-addr.arpa", ".IN-ADDR.ARPA.", "in-addr.arpa")
        if self.r.random() < 0.3:
            return self.ipv6().replace(":", "-") + self.pick("", "", "s4", "seth0-x.1") + self.pick(
                ".ipv6-literal.net", ".IPv6-Literal.Net.")
        return "".join("%x." % self.r.getrandbits(4)
                       for _ in range(self.pick(0, 1, 8, 32, 33))) + self.pick(
                           "ip6.arpa", "IP6.ARPA.", "ip6.arpa:", "ip6.arpa:x:1.ip6.arpa")

    def word(self):
        return self.pick("client", "ip6", "IPv6", "a", "deadbeef", "host-1", "std", "_x", "x_", "a_b",
                         "mx1.example.de", "v1", "12", "::", ":", ":::", "12:34:56", "1.2.3", "www",
                         "fe80", "-", "", "http://", "//", "u003c", "n", "x", "ip6.arpa")

    def addr(self):
        return self.pick(self.ipv4, self.ipv6, self.ipv6, self.ipv6)

    def tail(self):
        return self.pick(*[""] * 4, lambda: "/" + self.number(), lambda: ":" + self.number(),
                         lambda: "." + self.number(), lambda: "#" + self.number(),
                         lambda: "%" + self.pick("eth0", "lo", "en0.1", "25eth0", "25", "4.", "",
                                                 "a-b", "a~", self.addr),
                         lambda: "-" + self.addr(), "-", ".", "...", ":", "::", ",", ";", ":.",
                         "/a", "%", "_", "x", ".x", ".example", "]", "]:25", '"', ")", "\\n")

    def piece(self):
        if self.r.random() < 0.1:
            return self.arpa()
        return self.pick(*[""] * 6, "[", "(", '"', "IPv6:", "[IPv6:", "ipv6:", "+ip4:", "[", "\\n",
                         "\\x22", "\\u003c", "\\u0041", "\\t", "\\", "\x1b[31m", "\x1b[m\x1b[K",
                         "\x1b[01;32m", "[1m", "://", "http://", "/", "%", "-", "@", "=", ":", ".",
                         lambda: self.word() + ":", lambda: self.word() + ".",
                         self.word) + self.pick(
                             *[self.addr] * 5, self.word) + self.tail() + self.tail()

    def line(self):
        line = ""
        for _ in range(self.r.randrange(1, 6)):
            line += self.piece() + self.pick(" ", " ", " ", "\t", ",", "", "=", "\0", "\xff", "\xc3\xa4")
        line = list(line)
        for _ in range(self.pick(0, 0, 0, 1, 2, 4)):
            i = self.r.randrange(len(line))
            new = self.pick(*"0123456789abcfABFgx:::::....%%//--_[]\\\x1b;~ ")
            line[i:i + self.pick(0, 1, 1, 2)] = self.pick([new], [new], [])
            if not line:
                break
        return "".join(line)


def main():
    seed, count, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    logs = Logs(seed)
    lines = [logs.line() for _ in range(count)]
    tcpdump, names = "tcpdump" in command, "names" in command
    found = subprocess.run(command, input="\n".join(lines).encode("latin-1"), check=True,
                           stdout=subprocess.PIPE).stdout.decode().splitlines()
    got = {}
    for hit in found:
        fields = hit.split(" ", 1)
        got.setdefault(int(fields[0]), []).append(fields[1])
    wrong = total = 0
    for i, line in enumerate(lines, 1):
        want = []
        for h in hits(line, tcpdump, names):
            want.append("%d %d %d %d %d %d %d %s %s" % (
                h["off"], h["end"] - h["off"], h["addr_len"], h["zone_at"], h["zone_len"],
                h["kind"], h["bits"], text_of(h["first"]), text_of(h["last"])))
        total += len(want)
        if got.get(i, []) != want:
            wrong += 1
            if wrong <= 10:
                print("%r\n  rules:   %s\n  scanner: %s" % (line, want, got.get(i, [])))
    print("# %d lines, %d hits, %d lines differ" % (count, total, wrong), file=sys.stderr)
    sys.exit(wrong > 0 or total < count // 4)


def text_of(addr):
    if addr.version == 6 and addr.ipv4_mapped is not None:
        return "::ffff:" + str(addr.ipv4_mapped)
    return str(addr)


if __name__ == "__main__":
    main()
