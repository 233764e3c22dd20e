/* literal.h: one address as mail software writes it, and which addresses a daemon cannot use. */
#ifndef V6KIT_MAIL_LITERAL_H
#define V6KIT_MAIL_LITERAL_H

#include <stdbool.h>

#include <v6kit/addr.h>

/* The most bytes that one of the functions below writes, a DNS zone aside. */
#define MAIL_TEXT_MAX 160

/* Why a sendmail daemon cannot listen on a, or cannot on this address alone: one line of English,
 * or null when it can. */
const char *mail_bind_refusal(struct v6k_addr a);

/* The decimal digits of a number, ended by a NUL, at the end of buf: where they begin. */
const char *mail_number(uint64_t number, char buf[24]);

/* How many bytes of s[0..n) inet_addr reads as an IPv4 address, in any of its forms: octal,
 * hexadecimal, fewer than four octets. It stops at a blank. 0: it takes none. */
size_t mail_inet_addr(const char *s, size_t n);

/* Whether a resolver may know a name: other bytes than these stand in none. */
bool mail_is_name(const char *s, size_t n);

/* The style in which inet_ntop writes a, and so a program that compares clients as text: it knows
 * IPv4-compatible addresses, ::192.0.2.1. */
enum v6k_style mail_libc_style(struct v6k_addr a);

/* [IPv6:2a00::1], [192.0.2.1]; full: every group, as class w needs it. A mapped address is the IPv4
 * one, as sendmail shows it. Each of these returns the bytes written or a negative enum v6k_err. */
int mail_literal(struct v6k_addr a, int full, char *buf, size_t cap);

/* A milter's socket: inet6:PORT@ADDR, inet:PORT@ADDR. */
int mail_milter(struct v6k_addr a, unsigned port, char *buf, size_t cap);

/* The name to ask a DNS list for (RFC 5782 sections 2.1 and 2.4); zone[0..n) is checked by
 * mail_zone_fault. */
int mail_dnsbl(struct v6k_addr a, const char *zone, size_t n, char *buf, size_t cap);

/* The offset of the first byte of a DNS name that does not belong (RFC 1035 section 2.3.1, with "_"
 * allowed), n when something is missing at the end or it is too long, or -1 when it is good. */
long mail_zone_fault(const char *zone, size_t n);

#endif
