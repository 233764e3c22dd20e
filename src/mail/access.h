/* access.h: a prefix as keys of the access maps of sendmail and Postfix, which know whole groups and
 * octets only. */
#ifndef V6KIT_MAIL_ACCESS_H
#define V6KIT_MAIL_ACCESS_H

#include <v6kit/prefix.h>

/* No key is longer, its tag aside. */
#define ACCESS_KEY_MAX 48

/* How many keys hold p: 2^(16q - L) for q groups of IPv6, 2^(8q - L) for q octets of IPv4 and of
 * mapped prefixes, which sendmail knows as IPv4. At most 32768. */
unsigned access_keys(struct v6k_prefix p);

/* Writes key number i, below access_keys(p). Returns its length. */
size_t access_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX]);

/* The same for the hash: tables of Postfix, which asks for the client's address as inet_ntop writes it,
 * and then again and again without its last ":" (IPv4: ".") and what follows. 0 when no keys are found
 * for the clients in p and for no others; at most 65537. */
unsigned postfix_keys(struct v6k_prefix p);
size_t postfix_key(struct v6k_prefix p, unsigned i, char buf[ACCESS_KEY_MAX]);

/* The key of one address, which is its text. Where postfix_keys is 0 it is found for longer texts that
 * begin with it, too: 2001:db8::25 for 2001:db8::25:1. */
size_t postfix_address_key(struct v6k_prefix p, char buf[ACCESS_KEY_MAX]);

#endif
