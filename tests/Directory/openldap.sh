#!/usr/bin/env bash
# A real OpenLDAP on this machine alone: makes FOLDER, puts the entries in that are given as LDIF on standard input up to a line
# of one dot, and serves them at ADDRESS, LDAP on PORT and LDAPS on the port after it, until its standard input ends. Needs no root, and Debian's package slapd.
# FOLDER/tls holds key.pem, cert.pem and ca.pem.
#
#   usage: openldap.sh FOLDER ADDRESS PORT < ENTRIES.ldif
set -euo pipefail
folder=$1 address=$2 port=$3
rm -rf "$folder/data"
mkdir -p "$folder/data"
cat >"$folder/slapd.conf" <<CONF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
TLSCACertificateFile $folder/tls/ca.pem
TLSCertificateFile $folder/tls/cert.pem
TLSCertificateKeyFile $folder/tls/key.pem
pidfile $folder/slapd.pid
allow bind_anon_dn
disallow bind_anon

database mdb
suffix "dc=example,dc=org"
rootdn "cn=admin,dc=example,dc=org"
rootpw Admin.Passw0rd
directory $folder/data
maxsize 268435456
overlay memberof
limits dn.exact="cn=reader,dc=example,dc=org" size=unlimited size.pr=unlimited size.prtotal=unlimited
limits dn.exact="cn=limited,dc=example,dc=org" size=500 size.prtotal=500
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
CONF
while IFS= read -r line && [ "$line" != '.' ]; do
    printf '%s\n' "$line"
done >"$folder/entries.ldif"
slapadd -q -l "$folder/entries.ldif" -f "$folder/slapd.conf" >"$folder/slapadd.log" 2>&1 || { tail -5 "$folder/slapadd.log" >&2; exit 1; }
echo serving
# slapd itself does not look at its standard input.
exec 3<&0
(cat <&3 >/dev/null; kill $$) &
exec /usr/sbin/slapd -d 0 -f "$folder/slapd.conf" -h "ldap://$address:$port ldaps://$address:$((port + 1))" </dev/null >>"$folder/slapd.log" 2>&1
