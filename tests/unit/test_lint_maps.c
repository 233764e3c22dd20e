/* test_lint_maps.c: what the linter says of access maps, relay-domains, mailertables and lists of
 * local names, and what its fixes make of them. */
#include "lib.h"
#include "random.h"

#include "../../src/mail/access.h"
#include "../../src/mail/lint_maps.h"

enum { ROUNDS = 20000 };

static const struct {
	enum lint_type type;
	bool compressed;
	const char *s;
	const char *found; /* LINE:COLUMN+LENGTH severity rule, each ended by a blank */
	const char *fix;   /* of the first */
	const char *fixed; /* null: as it was */
} rows[] = {
#define A LINT_ACCESS, false
#define C LINT_ACCESS, true
#define R LINT_RELAY, false
#define M LINT_MAILERTABLE, false
#define W LINT_CW, false
#define NONE "", "", NULL

	/* Access maps: what works. */
	{ A, "", NONE },
	{ A, "\n\n", NONE },
	{ A, "# Connect:IPv6:2001:db8::1\tX\n", NONE },
	{ A, "#IPv6\n", NONE },
	{ A, "example.com\tREJECT\nConnect:example.com REJECT\nuser@example.com\tX\n", NONE },
	{ A, "From:a@b.example\tX\nTo:b.example\tRELAY\nSpam:c@\tFRIEND\nFrom:d@\tX\n", NONE },
	{ A, "ClientRate:\t10\nClientConn:127.0.0.1\t0\nClientRate: 10\n", NONE },
	{ A, "TLS_Srv:host.example\tVERIFY:112+CN:host\nTLS_Rcpt:a@b.example\tENCR:112\n", NONE },
	{ A, "AuthInfo:host.example\t\"U:root\" \"P=::1\"\nSrv_Features:10\tl\n", NONE },
	{ A, "CERTIssuer:/C=DE/O=a:b::c/CN=2001:db8::1\tRELAY\n", NONE },
	{ A, "192.0.2\tX\nConnect:192.0.2.1\tX\nConnect:[192.0.2.1]\tX\n10\tX\n", NONE },
	{ A, "Connect:IPv6:2001:db8:0:12\tX\nIPv6:2001:db8:0:0:0:0:0:1\tX\n", NONE },
	{ A, "CONNECT:ipv6:2001:DB8:0:12\tX\nGreetPause:IPv6:2001\t0\n", NONE },
	{ A, "Connect:[IPv6:2001:db8:0:0:0:0:0:1]\tX\nConnect:[IPv6:2001:db8]\tX\n", NONE },
	{ A, "Connect:IPv6:1:2:3:4:5:6:7:8\tX\nConnect:IPv6:1:2:3:4:5:6:7\tX\n", NONE },
	{ A, "Connect:IPv6:2001:db8:0:12\tX\r\nConnect:127 X\r\n\r\n", NONE },
	{ A, "Connect:IPv6:2001:db8:0:12\tX", NONE },
	{ A, "Connect:1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa\tX\n2.0.192.in-addr.arpa X\n", NONE },
	{ A, "dead:beef\tX\nFoo:10:20\tX\ncafe:dead:beef\tX\n", NONE },
	/* Literals as their senders wrote them. */
	{ A, "From:[IPv6:2001:db8::1]\tX\nTo:[IPv6:2001:db8::1]\tX\n", NONE },
	{ A, "[IPv6:2001:db8::1]\tX\nFrom:u@[IPv6:2001:db8::1]\tX\n", NONE },
	/* What makemap refuses. */
	{ A, " Connect:IPv6:2001:db8::1\tX\n\tConnect:::1\n", NONE },

	/* Access maps: what never matches. */
	{ A, "Connect:IPv6:2001:db8::25\tX\n", "1:1+25 error SM23 ",
		"Connect:IPv6:2001:db8:0:0:0:0:0:25", "Connect:IPv6:2001:db8:0:0:0:0:0:25\tX\n" },
	{ A, "# x\nIPv6:2001:db8::25 X", "2:1+17 error SM23 ", "IPv6:2001:db8:0:0:0:0:0:25",
		"# x\nIPv6:2001:db8:0:0:0:0:0:25 X" },
	{ A, "Connect:IPv6:2002:c0a8:02c7\tX\n", "1:1+27 error SM23 ", "Connect:IPv6:2002:c0a8:2c7",
		"Connect:IPv6:2002:c0a8:2c7\tX\n" },
	{ A, "Connect:IPv6:2001:db8:0000\tX\n", "1:1+26 error SM23 ", "Connect:IPv6:2001:db8:0",
		"Connect:IPv6:2001:db8:0\tX\n" },
	{ A, "Connect:IPv6:2001:db8::/48\tX\n", "1:24+3 error SM23 ", "Connect:IPv6:2001:db8:0",
		"Connect:IPv6:2001:db8:0\tX\n" },
	{ A, "Connect:IPv6:2001:db8:0/48\tX\n", "1:24+3 error SM23 ", "Connect:IPv6:2001:db8:0",
		"Connect:IPv6:2001:db8:0\tX\n" },
	{ A, "Connect:IPv6:2001:db8::1/128\tX\n", "1:25+4 error SM23 ",
		"Connect:IPv6:2001:db8:0:0:0:0:0:1", "Connect:IPv6:2001:db8:0:0:0:0:0:1\tX\n" },
	{ A, "Connect:IPv6:2001:db8::/47\tX\n", "1:24+3 error SM23 ",
		"v6kit sendmail key --tag Connect 2001:db8::/47", NULL },
	{ A, "2001:db8::/47\tX\n", "1:11+3 error SM23 ", "v6kit sendmail key 2001:db8::/47", NULL },
	{ A, "Connect:IPv6:2001:db8::1/64\tX\n", "1:25+3 error SM23 ",
		"v6kit sendmail key --tag Connect --mask 2001:db8::1/64", NULL },
	/* What makes contrib/cidrexpand drop the rest of the map, and what it passes on as it is. */
	{ A, "Connect:10.0.0.0/33\tX\n", "1:1+19 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "10.0.0.0/-1 X\n", "1:1+11 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:010.1.2.3\tX\n192.0.2.025\tX\nClientRate:192.0.02\t1\n",
		"1:1+17 error SM23 2:1+11 error SM23 3:1+19 error SM23 ",
		"decimal octets up to 255, without leading zeros", NULL },
	{ A, "192.0.300\tX\nConnect:1.2.3.4.5\tX\nConnect:1..2\tX\nConnect:0192.168.100.1234 X",
		"1:1+9 error SM23 2:1+17 error SM23 3:1+12 error SM23 4:1+25 error SM23 ",
		"decimal octets up to 255, without leading zeros", NULL },
	/* In a mail address these are what its sender wrote. */
	{ A, "To:010.1.2.3\tX\nu@010.1.2.3\tX\nFoo:1.2.3.300\tX\n.\tX\n300\tX\n", NONE },
	{ A, "From:1/2@x OK\nfoo/24 OK\n", "", NULL, NULL },
	{ A, "Connect:IPv6:2001:db8:0:0:1:0:0:0/80\tX\n", "1:34+3 error SM23 ",
		"Connect:IPv6:2001:db8:0:0:1", "Connect:IPv6:2001:db8:0:0:1\tX\n" },
	{ A, "IPv6:::ffff:192.0.2.0/120\tX\n", "1:22+4 error SM23 ", "192.0.2", "192.0.2\tX\n" },
	{ A, "Connect:::/0\tX\n", "1:11+2 error SM23 ", "Connect:IPv6, which takes in all of IPv6",
		NULL },
	{ A, "Connect:IPv6:2001:db8:0:12:\tX\n", "1:27+1 error SM23 ", "Connect:IPv6:2001:db8:0:12",
		"Connect:IPv6:2001:db8:0:12\tX\n" },
	{ A, "ClientRate:IPv6:2001:db8: 10\n", "1:25+1 error SM23 ", "ClientRate:IPv6:2001:db8",
		"ClientRate:IPv6:2001:db8 10\n" },
	{ A, "Connect:2001:db8:0:12\tX\n", "1:1+21 error SM23 ", "Connect:IPv6:2001:db8:0:12",
		"Connect:IPv6:2001:db8:0:12\tX\n" },
	{ A, "Connect:2001:db8\tX\n", "1:1+16 error SM23 ", "Connect:IPv6:2001:db8",
		"Connect:IPv6:2001:db8\tX\n" },
	{ A, "2001:db8:0:12\tX\n", "1:1+13 error SM23 ", "IPv6:2001:db8:0:12",
		"IPv6:2001:db8:0:12\tX\n" },
	{ A, "Connect: IPv6:2001:db8:0:12 \tX\n", "1:9+1 error SM23 ", "Connect:IPv6:2001:db8:0:12",
		"Connect:IPv6:2001:db8:0:12 \tX\n" },
	{ A, "Connect: \t2001:db8::1 X\n", "1:9+2 error SM23 ", "Connect:IPv6:2001:db8:0:0:0:0:0:1",
		"Connect:IPv6:2001:db8:0:0:0:0:0:1 X\n" },
	{ A, "Connect :IPv6:2001:db8 X\n", "1:8+1 error SM23 ", "Connect:IPv6:2001:db8",
		"Connect:IPv6:2001:db8 X\n" },
	{ A, "IPv6: 2001:db8 X\n", "1:6+1 error SM23 ", "IPv6:2001:db8", "IPv6:2001:db8 X\n" },
	{ A, "Connect: 2001:db8::/33 X\n", "1:9+1 error SM23 ",
		"v6kit sendmail key --tag Connect 2001:db8::/33", NULL },
	{ A, "Connect:IPv6:::ffff:192.0.2.99\tX\n", "1:1+30 error SM23 ", "Connect:192.0.2.99",
		"Connect:192.0.2.99\tX\n" },
	{ A, "Connect:IPv6:0:0:0:0:0:ffff:c000:263\tX\n", "1:1+36 error SM23 ",
		"Connect:192.0.2.99", "Connect:192.0.2.99\tX\n" },
	{ A, "Connect:::ffff:192.0.2.0/120\tX\n", "1:25+4 error SM23 ", "Connect:192.0.2",
		"Connect:192.0.2\tX\n" },
	{ A, "Connect:[IPv6:2001:db8::1]\tX\n", "1:1+26 error SM23 ",
		"Connect:[IPv6:2001:db8:0:0:0:0:0:1]", "Connect:[IPv6:2001:db8:0:0:0:0:0:1]\tX\n" },
	{ A, "Connect:[2001:db8::1]\tX\n", "1:1+21 error SM23 ",
		"Connect:[IPv6:2001:db8:0:0:0:0:0:1]", "Connect:[IPv6:2001:db8:0:0:0:0:0:1]\tX\n" },
	{ A, "Connect:IPv6:2001:db8::\tX\n", "1:1+23 error SM23 ",
		"Connect:IPv6:2001:db8 for the network, Connect:IPv6:2001:db8:0:0:0:0:0:0 for the "
		"address",
		NULL },
	{ A, "From:IPv6:2001:db8::1\tX\n", "1:1+21 error SM23 ",
		"Connect:IPv6:2001:db8:0:0:0:0:0:1 for a client; mail addresses have literals in "
		"brackets",
		NULL },
	{ A, "Connect:IPv6:fe80::1%eth0\tX\n", "1:1+25 error SM23 ",
		"Connect:IPv6:fe80:0:0:0:0:0:0:1", NULL },
	{ A, "Connect:[IPv6:2001:db8::1]:25\tX\n", "1:1+29 error SM23 ", "see v6kit sendmail key",
		NULL },
	{ A, "Connect:2001:db8::1-2001:db8::9\tX\n", "1:1+31 error SM23 ", "see v6kit sendmail key",
		NULL },
	{ A, "Connect:IPv6:\tX\n", "1:1+13 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:IPv6::1\tX\n", "1:1+15 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:2001::\tX\n", "1:1+14 error SM23 ",
		"Connect:IPv6:2001 for the network, Connect:IPv6:2001:0:0:0:0:0:0:0 for the address",
		NULL },
	{ A, "Connect:IPv62001:db8\tX\n", "1:1+20 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:IPv6:2001:db8:*\tX\n", "1:1+23 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "IPv6:1:2:3:4:5:6:7:8:9\tX\n", "1:1+22 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:[2001:db8::]/64\tX\n", "1:1+23 error SM23 ", "see v6kit sendmail key", NULL },
	{ A, "Connect:192.0.2.0/24\tX\n", "1:18+3 error SM23 ", "Connect:192.0.2",
		"Connect:192.0.2\tX\n" },
	{ A, "10/8\tX\n", "1:3+2 error SM23 ", "10", "10\tX\n" },
	{ A, "192.0.2.0/255.255.255.0\tX\n", "1:10+14 error SM23 ", "192.0.2", "192.0.2\tX\n" },
	{ A, "Connect:192.0.2.\tX\n", "1:16+1 error SM23 ", "Connect:192.0.2",
		"Connect:192.0.2\tX\n" },
	{ A, "Connect:IPv6\tX\n", "1:1+12 warning SM24 ",
		"the groups of a prefix behind it, unless all of IPv6 is meant", NULL },
	{ A, "ipv6\tX\n", "1:1+4 warning SM24 ",
		"the groups of a prefix behind it, unless all of IPv6 is meant", NULL },
	{ A, "Connect:IPv6 :2001:db8 X\n", "1:13+1 error SM24 ", "Connect:IPv6:2001:db8",
		"Connect:IPv6:2001:db8 X\n" },
	{ A, "Connect:::1 X\nFrom:a X\nConnect:::2\tX\n", "1:1+11 error SM23 3:1+11 error SM23 ",
		"Connect:IPv6:0:0:0:0:0:0:0:1",
		"Connect:IPv6:0:0:0:0:0:0:0:1 X\nFrom:a X\nConnect:IPv6:0:0:0:0:0:0:0:2\tX\n" },

	/* Where sendmail compresses. */
	{ C, "Connect:IPv6:2001:db8::1\tX\nConnect:IPv6:1:2:3:4:5:6:7:8 X\n", NONE },
	{ C, "Connect:IPv6:2001:db8:0:12\tX\nConnect:[IPv6:2001:db8::1]\tX\n", NONE },
	{ C, "Connect:IPv6:2001:db8:0:0:0:0:0:1\tX\n", "1:1+33 error SM23 ",
		"Connect:IPv6:2001:db8::1", "Connect:IPv6:2001:db8::1\tX\n" },
	{ C, "Connect:IPv6:2001:db8:0\tX\n", "1:1+23 warning SM23 ",
		"a key for each address, or no UseCompressedIPv6Addresses", NULL },
	{ C, "Connect:IPv6:2001:db8:0:0:1\tX\n", "1:1+27 warning SM23 ",
		"a key for each address, or no UseCompressedIPv6Addresses", NULL },
	{ C, "Connect:IPv6:2001:db8::/48\tX\n", "1:24+3 error SM23 ",
		"a key for each address, or no UseCompressedIPv6Addresses", NULL },
	{ C, "Connect:IPv6:2001:db8::/32\tX\n", "1:24+3 error SM23 ", "Connect:IPv6:2001:db8",
		"Connect:IPv6:2001:db8\tX\n" },

	/* relay-domains. */
	{ R, "example.com\n192.0.2\n192.0.2.\n[192.0.2.1]\n[UNIX:localhost]\n", NONE },
	{ R, "IPv6:2001:db8:0:12\nIPv6:2001:db8:0:12:\n  ipv6:2001:DB8\r\n", NONE },
	{ R, "IPv6:2001:db8:0:0:0:0:0:1 # ::1\n#IPv6\nexample.com#IPv6:::2\n", NONE },
	{ R, ":2001:db8:0\n2001:\nipv6.example\n", NONE },
	{ R, "IPv6:2001:db8::25\n", "1:1+17 error SM23 ", "IPv6:2001:db8:0:0:0:0:0:25",
		"IPv6:2001:db8:0:0:0:0:0:25\n" },
	{ R, "IPv6:2001:db8:0:0:0:0:0:1:\n", "1:26+1 error SM23 ", "IPv6:2001:db8:0:0:0:0:0:1",
		"IPv6:2001:db8:0:0:0:0:0:1\n" },
	{ R, "192.0.2.1.\n", "1:10+1 error SM23 ", "192.0.2.1", "192.0.2.1\n" },
	{ R, "010.1.2.3\na.example 192.0.2.025\r\n", "1:1+9 error SM23 2:11+11 error SM23 ",
		"decimal octets up to 255, without leading zeros", NULL },
	{ R, "IPv62001:db8\n", "1:1+12 error SM23 ", "see v6kit sendmail key", NULL },
	{ R, "IPv6:2001:db8:012", "1:1+17 error SM23 ", "IPv6:2001:db8:12", "IPv6:2001:db8:12" },
	{ R, "2001:db8\n", "1:1+8 error SM23 ", "IPv6:2001:db8", "IPv6:2001:db8\n" },
	{ R, "IPv6:2001:db8::/32\n", "1:16+3 error SM23 ", "IPv6:2001:db8", "IPv6:2001:db8\n" },
	{ R, "IPv6:2001:db8::/33\n", "1:16+3 error SM23 ", "v6kit sendmail key 2001:db8::/33",
		NULL },
	{ R, "192.0.2.0/24\n", "1:10+3 error SM23 ", "192.0.2", "192.0.2\n" },
	{ R, "[IPv6:2001:db8:0:0:0:0:0:1]\n", "1:1+27 error SM23 ", "IPv6:2001:db8:0:0:0:0:0:1",
		"IPv6:2001:db8:0:0:0:0:0:1\n" },
	{ R, "[IPv6:2001:db8::]\n", "1:1+17 error SM23 ",
		"IPv6:2001:db8 for the network, IPv6:2001:db8:0:0:0:0:0:0 for the address", NULL },
	{ R, "Connect:IPv6:2001:db8\n", "1:1+8 error SM23 ", "IPv6:2001:db8", "IPv6:2001:db8\n" },
	{ R, "From:IPv6:2001:db8\n", "1:1+5 error SM23 ", "IPv6:2001:db8", NULL },
	{ R, "a.example IPv6:::1 ::2\n", "1:11+8 error SM23 1:20+3 error SM23 ",
		"IPv6:0:0:0:0:0:0:0:1", "a.example IPv6:0:0:0:0:0:0:0:1 IPv6:0:0:0:0:0:0:0:2\n" },
	{ R, "IPv6\n", "1:1+4 error SM24 ", "remove it, or the blank behind it", NULL },
	{ R, "IPv6:\r\n", "1:1+5 error SM24 ", "remove it, or the blank behind it", NULL },
	{ R, "a.example\n ipv6 # all\n", "2:2+4 error SM24 ", "remove it, or the blank behind it",
		NULL },
	{ R, "IPv6 :2001:db8\n", "1:5+1 error SM24 ", "IPv6:2001:db8", "IPv6:2001:db8\n" },
	{ R, "IPv6: 2001:db8 x\n", "1:6+1 error SM24 ", "IPv6:2001:db8", "IPv6:2001:db8 x\n" },
	{ R, "IPv6 :2001:db8::1\n", "1:5+1 error SM24 ", "IPv6:2001:db8:0:0:0:0:0:1",
		"IPv6:2001:db8:0:0:0:0:0:1\n" },

	/* mailertable. */
	{ M, "a.example\tesmtp:[IPv6:2001:db8::1]\nb.example relay:[2001:DB8::1]  \r\n", NONE },
	{ M, ".c.example\tsmtp:h.example\nd.example\terror:5.1.1:550 no ::1 [IPv6:x] here\n",
		NONE },
	{ M, "e.example\tesmtp: [192.0.2.1]\nf.example\tesmtp:u@[IPv6:2001:db8::1]\n", NONE },
	{ M, "g.example\tesmtp:[IPv6:::1]:[IPv6:::2],h\nh.example\tlocal:u\n", NONE },
	{ M, "i.example\tesmtp:[ IPv6:2001:db8::1 ]\n192.0.2.1\tesmtp:[h]:smtp\n", NONE },
	{ M, "j.example\n# k\tx\n\tl.example\tx\nm.example\t \n.\tesmtp:%1.example\n", NONE },
	{ M, "n.example\tesmtp:[IPv6:::ffff:192.0.2.1]\n", NONE },
	{ M, "a.example\t[IPv6:2001:db8::1]\n", "1:11+18 error SM25 ", "esmtp:[IPv6:2001:db8::1]",
		"a.example\tesmtp:[IPv6:2001:db8::1]\n" },
	{ M, "a.example\t[192.0.2.1] \n", "1:11+11 error SM25 ", "esmtp:[192.0.2.1]",
		"a.example\tesmtp:[192.0.2.1] \n" },
	{ M, "a.example\trelay.example\n", "1:11+13 error SM25 ", "esmtp:relay.example", NULL },
	{ M, "a.example\tIPv6:2001:DB8:0::1\n", "1:11+18 error SM25 ", "esmtp:[IPv6:2001:db8::1]",
		"a.example\tesmtp:[IPv6:2001:db8::1]\n" },
	{ M, "a.example\t2001:db8::1", "1:11+11 error SM25 ", "esmtp:[IPv6:2001:db8::1]",
		"a.example\tesmtp:[IPv6:2001:db8::1]" },
	{ M, "a.example\tsmtp:2001:db8::1\n", "1:11+16 error SM25 ", "smtp:[IPv6:2001:db8::1]",
		"a.example\tsmtp:[IPv6:2001:db8::1]\n" },
	{ M, "a.example\tsmtp:u@IPv6:2001:db8::1\n", "1:11+23 error SM25 ",
		"smtp:u@[IPv6:2001:db8::1]", "a.example\tsmtp:u@[IPv6:2001:db8::1]\n" },
	{ M, "a.example\tsmtp:IPv6:2001:db8::/64\n", "1:11+23 error SM25 ", "esmtp:[IPv6:...]",
		NULL },
	{ M, "a.example\tesmtp:[IPv6:2001:db8::1]:2525\n", "1:35+5 error SM25 ",
		"a mailer of its own for another port", NULL },
	{ M, "a.example\tesmtp:[192.0.2.1]:2525\n", "1:28+5 error SM25 ",
		"a mailer of its own for another port", NULL },
	{ M, "a.example\tesmtp:h:[IPv6:::1/64]\n", "1:19+13 error SM25 ", "esmtp:[IPv6:...]",
		NULL },
	{ M, "a.example\tesmtp:[IPv6:fe80::1%eth0]\n", "1:17+19 error SM25 ", "esmtp:[IPv6:...]",
		NULL },
	{ M, "[IPv6:2001:db8::1]\tesmtp:h\n", "1:1+18 error SM25 ", "a domain as key", NULL },
	{ M, "IPv6:2001:db8:0\tesmtp:h\n2001:db8::1\t[::1]\n",
		"1:1+15 error SM25 2:1+11 error SM25 2:13+5 error SM25 ", "a domain as key",
		"IPv6:2001:db8:0\tesmtp:h\n2001:db8::1\tesmtp:[::1]\n" },
	{ M, "[192.0.2.1]\tesmtp:h\n", "1:1+11 error SM25 ", "a domain as key", NULL },

	/* local-host-names: each spelling that mail is sent to. */
	{ W, "# names\nbox.example\n[192.0.2.1]\n192.0.2.1\n010.1.2.3\nIPv6\n", NONE },
	{ W, "[IPv6:2001:db8:0:0:0:0:0:1]\n[IPv6:2001:db8::1] # both\n[ipv6:2001:DB8::1]\n", NONE },
	{ W, "[IPv6:2001:db8::0001]\n", "1:1+21 error SM23 ", "[IPv6:2001:db8:0:0:0:0:0:1]",
		"[IPv6:2001:db8:0:0:0:0:0:1]\n" },
	{ W, "IPv6:2001:db8::1\n", "1:1+16 error SM23 ", "[IPv6:2001:db8:0:0:0:0:0:1]",
		"[IPv6:2001:db8:0:0:0:0:0:1]\n" },
	{ W, "a 2001:db8::1\n", "1:3+11 error SM23 ", "[IPv6:2001:db8:0:0:0:0:0:1]",
		"a [IPv6:2001:db8:0:0:0:0:0:1]\n" },
	{ W, "[2001:db8::1]\n", "1:1+13 error SM23 ", "[IPv6:2001:db8:0:0:0:0:0:1]",
		"[IPv6:2001:db8:0:0:0:0:0:1]\n" },
	{ W, "[IPv6:::ffff:192.0.2.1]\n", "1:1+23 error SM23 ", "[192.0.2.1]", "[192.0.2.1]\n" },
	{ W, "[IPv6:2001:db8]\n", "1:1+15 error SM23 ",
		"each address of this host as v6kit sendmail literal --full prints it", NULL },
	{ W, "[IPv6:2001:db8::1]/64\n", "1:1+21 error SM23 ", "see v6kit sendmail key", NULL },
#undef A
#undef C
#undef R
#undef M
#undef W
#undef NONE
};

static struct lint *read_map(enum lint_type type, bool compressed, const char *s, size_t n)
{
	struct lint *l = lint_new(NULL, compressed);
	struct lint_fault fault;

	assert_non_null(l);
	assert_row(s, lint_read(l, type, "map", s, n, &fault));
	return l;
}

/* LINE:COLUMN+LENGTH severity rule. */
static void describe(struct lint *l, const char *s, char *out, size_t cap)
{
	size_t n, at = 0;
	const struct lint_finding *f = lint_findings(l, &n);

	*out = '\0';
	for (size_t i = 0; i < n && at < cap; i++) {
		unsigned line = 1, column = 1;

		for (const char *c = s; c < s + f[i].at; c++) {
			line += *c == '\n';
			column = *c == '\n' ? 1 : column + 1;
		}
		at += (size_t)snprintf(out + at, cap - at, "%u:%u+%u %s SM%02u ", line, column,
			(unsigned)f[i].n, lint_severities[f[i].severity], f[i].rule);
	}
}

static void table(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *s = rows[i].s;
		size_t n = strlen(s), fixed_n, again_n, found, made, again;
		struct lint *l = read_map(rows[i].type, rows[i].compressed, s, n), *m;
		const struct lint_finding *f;
		char got[512], *fixed, *twice;

		describe(l, s, got, sizeof(got));
		assert_row_text(s, got, rows[i].found);
		f = lint_findings(l, &found);
		if (found > 0)
			assert_row_text(s, f[0].fix, rows[i].fix);
		fixed = lint_fix(l, 0, 0, &fixed_n, &made);
		assert_non_null(fixed);
		if (rows[i].fixed) {
			assert_row(s, made > 0 && fixed_n == strlen(rows[i].fixed));
			assert_row(s, memcmp(fixed, rows[i].fixed, fixed_n) == 0);
		} else {
			assert_row(s, made == 0 && fixed_n == n && memcmp(fixed, s, n) == 0);
		}
		/* What was mended is gone, and nothing else came. */
		m = read_map(rows[i].type, rows[i].compressed, fixed, fixed_n);
		lint_findings(m, &again);
		assert_row(s, again == found - made);
		twice = lint_fix(m, 0, 0, &again_n, &made);
		assert_non_null(twice);
		assert_row(s,
			made == 0 && again_n == fixed_n && memcmp(twice, fixed, fixed_n) == 0);
		free(twice);
		free(fixed);
		lint_free(m);
		lint_free(l);
	}
}

/* makemap(8) refuses a line with a NUL; the reader of classes reads up to it. */
static void nul(void **state)
{
	static const char s[] = "Connect:IPv6:2001:db8::1\0\tX\n",
			  relay[] = "IPv6:2001\0IPv6\nIPv6\n";
	struct lint *l = read_map(LINT_ACCESS, false, s, sizeof(s) - 1);
	char got[64];

	(void)state;
	describe(l, s, got, sizeof(got));
	assert_string_equal(got, "");
	lint_free(l);
	l = read_map(LINT_RELAY, false, relay, sizeof(relay) - 1);
	describe(l, relay, got, sizeof(got));
	assert_string_equal(got, "2:1+4 error SM24 ");
	lint_free(l);
}

static size_t findings(enum lint_type type, const char *s)
{
	struct lint *l = read_map(type, false, s, strlen(s));
	size_t n;

	lint_findings(l, &n);
	lint_free(l);
	return n;
}

/* Keys are right as `v6kit sendmail key` prints them, and any other spelling of a prefix that has
 * one key is mended to it. */
static void keys(void **state)
{
	(void)state;
	random_seed();
	for (unsigned i = 0; i < ROUNDS; i++) {
		struct v6k_prefix p = random_prefix_of(V6K_IPV6);
		unsigned n = access_keys(p), which = random_below(n);
		char key[ACCESS_KEY_MAX], text[V6K_ADDR_TEXT_MAX], line[256], want[256];
		enum v6k_style style = random_below(2) ? V6K_CANONICAL : V6K_FULL;
		int key_n = (int)access_key(p, which, key);
		int text_n = v6k_prefix_format(p, style, text, sizeof(text));
		struct lint *l;
		size_t made;
		char *fixed;

		/* All of IPv6; no host's address; a key beside the IPv4 ones of mapped clients. */
		if (p.bits == 0 || (p.hi == 0 && p.lo == 0 && p.bits == 128) ||
			(key_n == 19 && memcmp(key, "IPv6:0:0:0:0:0:ffff", 19) == 0))
			continue;
		snprintf(line, sizeof(line), "Connect:%.*s\tX\n", key_n, key);
		assert_row(line, findings(LINT_ACCESS, line) == 0);
		snprintf(line, sizeof(line), "%.*s\n", key_n, key);
		assert_row(line, findings(LINT_RELAY, line) == 0);
		snprintf(line, sizeof(line), "Connect:IPv6:%.*s\tX\n", text_n, text);
		assert_row(line, findings(LINT_ACCESS, line) == 1);
		snprintf(want, sizeof(want), "Connect:%.*s\tX\n", key_n, key);
		l = read_map(LINT_ACCESS, false, line, strlen(line));
		fixed = lint_fix(l, 0, 0, &(size_t){ 0 }, &made);
		assert_non_null(fixed);
		assert_row(line, made == (n == 1));
		if (n == 1)
			assert_row(line, memcmp(fixed, want, strlen(want)) == 0);
		free(fixed);
		lint_free(l);
	}
}

/* Keys in the text of a .mc or .cf file: only what stands there as it was written is mended. */
static void class_keys(void **state)
{
	static const char s[] = "C{R}IPv6:2001:db8::1 [IPv6:2001:db8::1] IPv6:::1 IPv6";
	struct lint *l = lint_new(NULL, false);
	struct text t = { NULL, NULL, 0, 0 };
	const struct lint_finding *f;
	uint32_t base;
	size_t n;

	(void)state;
	assert_non_null(l);
	assert_true(lint_add_source(l, LINT_CF, "x.cf", s, sizeof(s) - 1, &base));
	assert_true(text_add_written(&t, s, sizeof(s) - 1, base));
	lint_class_key(l, true, &t, 4, 16);
	lint_class_key(l, false, &t, 4, 16);
	lint_class_key(l, false, &t, 21, 18);
	lint_class_key(l, true, &t, 40, 8);
	lint_class_key(l, true, &t, 49, 4);
	for (size_t i = 4; i < 20; i++)
		t.at[i].used = base;
	t.at[10].written = ORIGIN_NONE;
	lint_class_key(l, true, &t, 4, 16);
	f = lint_findings(l, &n);
	assert_int_equal(n, 4);
	assert_true(f[0].at == base && f[0].n == 1 && f[0].edits == 0);
	assert_true(f[1].at == base + 4 && f[1].n == 16 && f[1].edits == 1);
	assert_true(f[2].at == base + 4 && f[2].n == 16 && f[2].edits == 1);
	assert_true(f[3].at == base + 49 && f[3].n == 4 && f[3].rule == 24);
	text_free(&t);
	lint_free(l);
}

/* One long line, and many short ones, are read once. */
static void large(void **state)
{
	enum { LARGE = 1 << 22 };
	static const enum lint_type types[] = { LINT_ACCESS, LINT_RELAY, LINT_MAILERTABLE,
		LINT_CW };
	static const char *const pieces[] = { "x", ":", "IPv6:", "[", "[IPv6:", "1:", "a ", "IPv6 ",
		"\n", "::", "@", "esmtp:[", "." };
	char *s = malloc(LARGE);

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < COUNT(pieces); i++) {
		size_t n = strlen(pieces[i]);

		for (size_t at = 0; at + n <= LARGE; at += n)
			memcpy(s + at, pieces[i], n);
		for (size_t type = 0; type < COUNT(types); type++)
			lint_free(read_map(types[type], false, s, LARGE - LARGE % n));
	}
	free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(nul),
		cmocka_unit_test(keys),
		cmocka_unit_test(class_keys),
		cmocka_unit_test(large),
	};

	return cmocka_run_group_tests_name("lint-maps", tests, NULL, NULL);
}
