#!/bin/sh
# The daemons of random .mc files, beside those of the .cf files that m4 and sendmail's own files make of
# them. V6KIT_SEED chooses others.
# shellcheck source=tests/tap.sh
. "${srcdir:-.}/tests/tap.sh"

: "${tmp:?}"
needs python3 python3
needs sendmail m4
for cf in /usr/share/sendmail/cf /usr/share/sendmail-cf ''; do
	[ -n "$cf" ] || skip_all sendmail "sendmail's m4 files are not installed"
	[ ! -f "$cf/m4/cf.m4" ] || break
done
seed=${V6KIT_SEED:-$(date +%s)$$}
echo "# V6KIT_SEED=$seed"

cat >"$tmp/mc.py" <<'END'
import random
import subprocess
import sys

v6kit, cf, tmp, seed, count = sys.argv[1:]
random.seed(int(seed))
pick = random.choice


def options():
    items = ["Family=inet6", "Family=inet", "Family=FAMILY", "A=::1", "A=IPv6:::1", "Addr=127.0.0.1",
             "A=ADDR", "A=127.0.0.2", "Port=587", "Port=PORT", "Name=MTA", "Name=`q'", "M=f", "M=E"]
    return pick([",", ", ", ",\n\t"]).join(random.sample(items, random.randint(1, 4)))


def piece():
    line = "DAEMON_OPTIONS(`%s')" % options()
    return pick([
        line, line + "dnl", "DAEMON_OPTIONS(``%s'')dnl" % options(), "DAEMON_OPTIONS( `%s')" % options(),
        "dnl " + line, "# %s" % line.replace("\n", ""), "CLIENT_OPTIONS(`%s')dnl" % options(),
        "define(`ADDR', `%s')dnl" % pick(["127.0.0.3", "::1", "IPv6:::1"]), "undefine(`ADDR')dnl",
        "define(`PORT', `%d')dnl" % pick([25, 26, 587]), "define(`FAMILY', `%s')dnl" % pick(["inet", "inet6"]),
        "pushdef(`PORT', `2525')dnl", "popdef(`PORT')dnl", "FEATURE(`no_default_msa')dnl",
        "ifdef(`ADDR', `%s', `dnl')" % line, "ifelse(PORT, `25', `%s', `%s')dnl" % (line, line),
        "define(`confDAEMON_OPTIONS', `%s')dnl" % options(), "undefine(`DAEMON_OPTIONS')dnl",
        "define(`OWN', `DAEMON_OPTIONS(`Name=$1,$2')')dnl\nOWN(`x', `%s')" % options(),
        "define(`OPTIONS', `%s')dnl\nDAEMON_OPTIONS(`OPTIONS')dnl" % options(),
        "LOCAL_CONFIG\nO DaemonPortOptions=%s" % options().replace("`", "").replace("'", ""),
        "divert(-1)\ntext %s\ndivert(0)dnl" % line, "`%s'" % line.replace("`", "").replace("'", ""),
        "changequote([, ])dnl\ndefine([ADDR], [127.0.0.4])dnl\n%schangequote(`, ')dnl"
        % pick(["", "DAEMON_OPTIONS([Name=lost])dnl\n"])])


def daemons(name):
    run = subprocess.run([v6kit, "sendmail", "options", "--check", name, "-F",
                          "%{name}|%{family}|%{host}|%{address}|%{port}"], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, check=False)
    return sorted(run.stdout.replace(name.encode(), b"FILE").split(b"\n"))


same = wrong = found = 0
for _ in range(int(count)):
    text = "OSTYPE(`linux')dnl\n" + "".join(piece() + "\n" for _ in range(random.randint(1, 8)))
    with open(tmp + "/site.mc", "w") as file:
        file.write(text)
    with open(tmp + "/site.cf", "wb") as file:
        m4 = subprocess.run(["m4", "-D_CF_DIR_=" + cf + "/", cf + "/m4/cf.m4", tmp + "/site.mc"],
                            stdout=file, stderr=subprocess.PIPE, check=False)
    if m4.returncode or m4.stderr:
        continue
    mine, theirs = daemons(tmp + "/site.mc"), daemons(tmp + "/site.cf")
    same += mine == theirs
    found += len(theirs) - 1
    if mine != theirs:
        wrong += 1
        if wrong < 5:
            print("%s\nv6kit: %s\nm4: %s" % (text, mine, theirs))
print("%d files, %d daemons" % (same + wrong, found), file=sys.stderr)
print(wrong, same > int(count) / 2, found > int(count))
END
is 'the daemons of random files' "$(python3 "$tmp/mc.py" "$V6KIT" "$cf" "$tmp" "$seed" 60 2>"$tmp/said")" \
	'0 True True'
sed 's/^/# /' "$tmp/said"

done_testing
