/* access.h: a prefix as keys of sendmail's access map, which knows whole groups and octets only. */
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

#endif
