"""Python's ways to do what v6kit does, as the benchmark's peers: standard input to standard output.

python3 -m peers norm|collapse|netaddr
"""
import ipaddress
import sys


def norm(lines, write):
    address = ipaddress.ip_address
    for line in lines:
        write(f"{address(line.rstrip())}\n")


def collapse(lines, write):
    network = ipaddress.ip_network
    for prefix in ipaddress.collapse_addresses([network(line.rstrip()) for line in lines]):
        write(f"{prefix}\n")


def netaddr(lines, write):
    try:
        from netaddr import IPNetwork, cidr_merge
    except ImportError:
        sys.exit(127)  # as a shell says that a command is not there

    for prefix in cidr_merge([IPNetwork(line.rstrip()) for line in lines]):
        write(f"{prefix}\n")


{"norm": norm, "collapse": collapse, "netaddr": netaddr}[sys.argv[1]](sys.stdin, sys.stdout.write)
