/* v6kit.h: all of libv6kit, but for the bridge to libcidr (v6kit/cidr.h). See v6kit(3). */
#ifndef V6KIT_H
#define V6KIT_H

#include <v6kit/addr.h>
#include <v6kit/count.h>
#include <v6kit/cover.h>
#include <v6kit/error.h>
#include <v6kit/list.h>
#include <v6kit/lpm.h>
#include <v6kit/map.h>
#include <v6kit/notation.h>
#include <v6kit/prefix.h>
#include <v6kit/range.h>
#include <v6kit/scan.h>
#include <v6kit/set.h>
#include <v6kit/version.h>

#endif
