/* error.c: the prose of every error of the library, once. */
#include <v6kit/error.h>
#include <v6kit/version.h>

const char *v6k_err_text(int code)
{
	switch (code) {
	case V6K_OK:
		return "no error";
	case V6K_EINVAL:
		return "invalid argument";
	case V6K_ENOMEM:
		return "out of memory";
	case V6K_ENOSPC:
		return "output buffer too small";
	case V6K_EOVERFLOW:
		return "past the end of the address space";
	case V6K_EFAMILY:
		return "IPv4 and IPv6 do not mix here";
	case V6K_EHOSTBITS:
		return "host bits set past the prefix length";
	case V6K_ESTYLE:
		return "this style cannot carry it";
	case V6K_ENIBBLE:
		return "no single reverse name has this prefix length";
	case V6K_ELIMIT:
		return "an exact answer would take too much work";
	case V6K_EEMPTY:
		return "empty, where an address is expected";
	case V6K_ECHAR:
		return "unexpected character";
	case V6K_EGROUPLEN:
		return "a group has 1 to 4 hexadecimal digits";
	case V6K_EGROUPS:
		return "more than 8 groups";
	case V6K_EFEWGROUPS:
		return "fewer than 8 groups and no \"::\"";
	case V6K_EGAPTWICE:
		return "a second \"::\"";
	case V6K_EGAPFULL:
		return "\"::\" stands for at least one group, and 8 are there";
	case V6K_ECOLON:
		return "a single \":\" cannot begin or end an address";
	case V6K_EOCTET:
		return "an IPv4 octet is at most 255";
	case V6K_EOCTETZERO:
		return "leading zero in an IPv4 octet (octal to some programs)";
	case V6K_EOCTETS:
		return "IPv4 has four decimal octets: write 10.0.0.0/8 for 10/8, 127.0.0.1 for 127.1";
	case V6K_EZONE:
		return "a zone is one or more of A-Z a-z 0-9 . _ ~ -";
	case V6K_EZONEIPV4:
		return "an IPv4 address has no zone";
	case V6K_EZONEPREFIX:
		return "a zone does not belong in a prefix or range";
	case V6K_ELEN:
		return "a prefix length is a decimal number without sign or leading zero";
	case V6K_ELENMAX:
		return "a prefix length is at most 32 for IPv4, 128 for IPv6";
	case V6K_ENETMASK:
		return "a netmask, where a prefix length is expected";
	case V6K_EMASKHOLE:
		return "a netmask is ones, then zeros";
	case V6K_EPORT:
		return "a port is a decimal number from 0 to 65535";
	case V6K_EBRACKET:
		return "\"[\" without \"]\"";
	case V6K_ETAG:
		return "the tag \"IPv6:\" stands before an IPv6 address only";
	case V6K_ENAME:
		return "not a complete label of a reverse or ipv6-literal.net name";
	case V6K_ERFC2317:
		return "a classless reverse name (RFC 2317) is no address or prefix";
	case V6K_EORDER:
		return "the range ends below its start";
	case V6K_ENUMBER:
		return "not such a number, or larger than any address";
	case V6K_EAMBIGUOUS:
		return "an address of both families: say -4 or -6";
	case V6K_ENOTADDR:
		return "one address is expected, not a prefix or range";
	case V6K_ENOTPREFIX:
		return "a prefix is expected, not a range";
	case V6K_EPORTHERE:
		return "a port does not belong here";
	default:
		return "unknown error";
	}
}

const char *v6k_version(void)
{
	return V6K_VERSION;
}
