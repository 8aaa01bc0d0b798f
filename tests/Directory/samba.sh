#!/usr/bin/env bash
# A real Active Directory domain on this machine alone, by Samba: provisions it into FOLDER, puts the people in who are given as
# LDIF on standard input up to a line of one dot, and serves it at ADDRESS (of the loopback range) until its standard input ends.
# Needs root for the ports of LDAP
# (389, 636) and Kerberos (88), and Debian's packages samba-ad-dc, samba-ad-provision, samba-dsdb-modules, samba-vfs-modules,
# winbind and ldb-tools. FOLDER/tls holds key.pem, cert.pem and ca.pem, or Samba makes its own.
#
#   usage: samba.sh FOLDER ADDRESS < PEOPLE.ldif
set -euo pipefail
folder=$1 address=$2
mkdir -p "$folder"
[ -f "$folder/etc/smb.conf" ] || samba-tool domain provision --realm=EXAMPLE.TEST --domain=EXAMPLE --server-role=dc \
    --dns-backend=NONE --adminpass='Passw0rd.Admin' --host-name=dc1 --host-ip="$address" --targetdir="$folder" \
    --option="interfaces=$address/8" --option='bind interfaces only=yes' --option='server services=ldap, kdc' \
    >"$folder/provision.log" 2>&1 || { cat "$folder/provision.log" >&2; exit 1; }

# Each part of the LDIF, parted by a line of %, is one transaction: what is named must be there before it is named.
part=$(mktemp)
trap 'rm -f "$part"' EXIT
while IFS= read -r line && [ "$line" != '.' ]; do
    if [ "$line" = '%' ]; then
        ldbmodify --nosync -H "$folder/private/sam.ldb" "$part" >>"$folder/people.log" 2>&1 || { tail -5 "$folder/people.log" >&2; exit 1; }
        : >"$part"
    else
        printf '%s\n' "$line" >>"$part"
    fi
done
rm -f "$part"

tls=()
if [ -f "$folder/tls/cert.pem" ]; then
    tls=(--option="tls keyfile=$folder/tls/key.pem" --option="tls certfile=$folder/tls/cert.pem" --option="tls cafile=$folder/tls/ca.pem")
fi

mkdir -p "$folder/run"
echo serving
# A ticket within TLS is as good as a sealed one.
exec samba --interactive --model=single --configfile="$folder/etc/smb.conf" --option="pid directory=$folder/run" --option="ncalrpc dir=$folder/run/ncalrpc" \
    --option="log file=$folder/samba.log" --option='ldap server require strong auth=allow_sasl_over_tls' "${tls[@]}" >>"$folder/samba.log" 2>&1
