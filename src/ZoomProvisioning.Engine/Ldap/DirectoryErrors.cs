using System;
using System.Globalization;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>The errors of a directory, each with what it really means and what to do.</summary>
internal static class DirectoryErrors
{
    private const string Certificate =
        "Get the certificate of that authority as a PEM file and name it: --ldap-certificate FILE, or certificate in the rule (source.ldap). "
        + "For the whole machine: put it into /usr/local/share/ca-certificates (as .crt) and run update-ca-certificates, "
        + "or name it in LDAPTLS_CACERT; on Windows and macOS import it into the machine's trusted roots.";

    public static ScimConnectionException NameNotFound(DirectoryServer server, Exception cause) => Connection("Zoom.Directory.NameNotFound",
        $"The name {server.Host} is not known to this machine's DNS: {Words(cause.Message)}.",
        $"Check the spelling of {server.Host}, and that this machine asks a DNS server that knows the domain (getent hosts {server.Host}).", cause);

    public static ScimConnectionException PortClosed(DirectoryServer server, string why, Exception? cause) => Connection("Zoom.Directory.PortClosed",
        $"{server.Host} does not answer on port {Port(server)}: {Words(why)}.",
        $"Check that the server runs and that a firewall lets connections to port {Port(server)} through. LDAPS is usually port 636, StartTLS 389.", cause);

    public static ScimConnectionException Slow(DirectoryServer server, string doing, TimeSpan limit) => Connection("Zoom.Directory.Timeout",
        string.Format(CultureInfo.CurrentCulture, "{0} did not answer within {1:N0} seconds ({2}).", server, limit.TotalSeconds, doing),
        "Check the network and how busy the server is; give the next server of the domain as well (servers).", null, "OperationTimeout");

    public static ScimConnectionException Untrusted(DirectoryServer server, string certificate, string issuer, Exception? cause) =>
        Connection("Zoom.Directory.CertificateNotTrusted",
        $"The certificate of {server} is not trusted by this machine: it shows the {certificate}, and nobody this machine trusts has signed it (the "
            + $"authority is {issuer}).",
        Certificate, cause, "SecurityError");

    public static ScimConnectionException WrongName(DirectoryServer server, string certificate, string names, Exception? cause) =>
        Connection("Zoom.Directory.CertificateName",
        $"The certificate of {server} is for another name: it is for {names}, and not for {server.Host} ({certificate}).",
        "Use a name the certificate is for as the server's, or have a certificate made for this one.", cause, "SecurityError");

    public static ScimConnectionException NotValidNow(DirectoryServer server, string certificate, DateTime from, DateTime until, Exception? cause) =>
        Connection("Zoom.Directory.CertificateExpired",
        string.Format(
            CultureInfo.InvariantCulture,
            "The certificate of {0} {1} (it is valid from {2:yyyy-MM-dd} to {3:yyyy-MM-dd}: {4}).",
            server,
            DateTime.UtcNow > until ? "has expired" : "is not valid yet",
            from,
            until,
            certificate),
        "Have the certificate of the directory renewed; check this machine's clock too. Use another server of the domain meanwhile (servers).",
        cause, "SecurityError");

    public static ScimConnectionException Tls(DirectoryServer server, string why, Exception? cause) => Connection("Zoom.Directory.Tls",
        $"No encrypted connection to {server} could be made: {Words(why)}.",
        server.Security == DirectorySecurity.Tls
            ? "Check that the server speaks LDAPS on that port (a domain controller needs a certificate for it); "
                + "StartTLS is written ldap:// and goes to port 389."
            : "Check that the server has a certificate for StartTLS; LDAPS is written ldaps:// and goes to port 636.",
        cause, "SecurityError");

    public static ScimConnectionException LibraryTrust(DirectoryServer server, string certificate, Exception? cause) => Connection("Zoom.Directory.Tls",
        $"No encrypted connection to {server} could be made, though this machine trusts its certificate ({certificate}): "
            + "the LDAP library reads a list of its own.",
        "Name the authority's certificate with --ldap-certificate or in the rule (certificate), or correct TLS_CACERT in /etc/ldap/ldap.conf "
            + "(/etc/openldap/ldap.conf) and LDAPTLS_CACERT in the environment.",
        cause, "SecurityError");

    public static ScimConnectionException NoStartTls(DirectoryServer server, string why, Exception? cause) => Connection("Zoom.Directory.NoStartTls",
        $"{server} does not do StartTLS ({Words(why)}), and without encryption nothing is said to it.",
        "Use ldaps:// where the server has it, or have a certificate put into the directory.", cause, "SecurityError");

    public static ScimConnectionException Lost(DirectoryServer server, string doing, Exception? cause) => Connection("Zoom.Directory.ConnectionLost",
        $"The connection to {server} broke ({doing}).",
        "Run it again when the server is back; with more than one server in the rule (servers) the next one is asked at once.", cause);

    public static ScimConnectionException Busy(DirectoryServer server, string words) => Connection("Zoom.Directory.Busy",
        $"{server} is too busy to answer ({Words(words)}).", "Run it again later, or give another server of the domain (servers).", null, "ResourceBusy");

    public static ScimNotConnectedException NoLibrary() =>
        new("Zoom.Directory.NoLibrary", "This machine has no LDAP library (libldap), which .NET needs to read a directory.")
        {
            Category = "NotInstalled",
            RecommendedAction = "Install it: apt-get install libldap-2.5-0 (Debian 12), libldap2 (Debian 13, Ubuntu 24.04), dnf install openldap, "
            + "or apk add libldap.",
        };

    public static ScimNotConnectedException NoUser() =>
        new("Zoom.Directory.NoUser", "Nobody is named who signs in to the directory, and there is no password: without both it would be read as nobody.")
        {
            Category = "AuthenticationError",
            RecommendedAction = "Name both (bind: user, passwordVariable), or leave both out and have a Kerberos ticket (kinit). "
            + "To read as nobody on purpose: bind: { method: anonymous }.",
        };

    public static ScimAuthenticationException Anonymous(DirectoryServer server) =>
        new("Zoom.Directory.Anonymous", $"{server} took the sign-in for one of nobody, so it would show what everybody may see and no more. Nothing was read.")
        {
            Category = "AuthenticationError",
            RecommendedAction = "Check user and password. To read as nobody on purpose: bind: { method: anonymous }.",
        };

    /// <summary>Somebody else's words, for one line, without the end of a sentence.</summary>
    public static string Words(string? text) => VisibleText.OneLine(text?.Trim(), 300).TrimEnd('.', ' ', '\0');

    private static string Port(DirectoryServer server) => server.Port.ToString(CultureInfo.InvariantCulture);

    private static ScimConnectionException Connection(string id, string message, string advice, Exception? cause, string category = "ConnectionError") =>
        new(id, message, cause) { Category = category, RecommendedAction = advice };
}
