using System;
using System.DirectoryServices.Protocols;
using System.Text.RegularExpressions;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>Why a directory does not let somebody in. Active Directory says it in a number behind 'data'.</summary>
internal static class SignInErrors
{
    private const int InvalidCredentials = 49;

    private static readonly Regex Data = new(@"\bdata\s+([0-9a-fA-F]+)", RegexOptions.CultureInvariant);

    /// <summary>The error for what a bind threw; null when it is no refusal.</summary>
    public static ScimException? Of(Exception exception, DirectoryServer server, DirectoryOptions options)
    {
        var words = WordsOf(exception);
        if (exception is DirectoryOperationException)
        {
            return Words.Say(words, "busy") || Words.Say(words, "unavailable")
                ? DirectoryErrors.Busy(server, words)
                : Refused(server, options, DirectoryErrors.Words(words), AdviceFor(words), exception);
        }

        if (exception is not LdapException ldap)
        {
            return null;
        }

        if (ldap.ErrorCode == InvalidCredentials)
        {
            var (what, advice) = Data.Match(words) is { Success: true } data
                ? OfActiveDirectory(data.Groups[1].Value.ToLowerInvariant(), data.Value)
                : ("the user name or the password is wrong", WrongName);
            return Refused(server, options, what, advice, exception);
        }

        return options.Method == DirectoryBindMethod.Negotiate ? OfTicket(ldap, words, server, options) : null;
    }

    private const string WrongName = "Check the name and the password. Active Directory takes reader@example.com, EXAMPLE\\reader and the "
        + "distinguished name; other directories the distinguished name only, such as cn=reader,dc=example,dc=com.";

    private static (string What, string Advice) OfActiveDirectory(string code, string data) => code switch
    {
        "525" => ("there is no such user (AD: data 525)", WrongName),
        "52e" => ("the user name or the password is wrong (AD: data 52e)", WrongName + " Each wrong attempt counts towards a lock of the account."),
        "52f" => (
            "the account is restricted (AD: data 52f)",
            "Ask who runs the domain which restrictions the account has; it may be in the group Protected Users, which does without passwords here."),
        "530" => ("the account may not sign in at this time of day (AD: data 530)", "Widen the account's logon hours, or run it within them."),
        "531" => (
            "the account may not sign in from this machine (AD: data 531)",
            "Allow this machine among the account's workstations (Log On To), or use another account."),
        "532" => (
            "the account's password has expired (AD: data 532)",
            "Set a new password for the account; a service account's password is best set not to expire, or a group managed one used."),
        "533" => ("the account is disabled (AD: data 533)", "Enable the account in Active Directory, or use another one."),
        "568" => ("the account is in too many groups (AD: data 568)", "Use an account that is a member of fewer groups."),
        "701" => ("the account has expired (AD: data 701)", "Set a later end for the account, or use another one."),
        "773" => ("the account must change its password first (AD: data 773)", "Change the password once, or clear 'User must change password at next logon'."),
        "775" => (
            "the account is locked out (AD: data 775)",
            "Unlock the account in Active Directory, find out who tried a wrong password, and then run it again; nothing is tried twice here."),
        _ => ($"Active Directory does not take it ({data})", WrongName),
    };

    private static ScimException? OfTicket(LdapException exception, string words, DirectoryServer server, DirectoryOptions options)
    {
        if (Words.Say(words, "no mechanism") || Words.Say(words, "No worthy mechs")
            || Words.Say(words, "Unknown authentication method") || exception.ErrorCode is 86 or -6)
        {
            return new ScimNotConnectedException(
                "Zoom.Directory.NoGssapi",
                $"This machine cannot sign in with a Kerberos ticket: the LDAP library's part for it is not installed ({DirectoryErrors.Words(words)}).",
                exception)
            {
                Category = "NotInstalled",
                RecommendedAction = "Install it: apt-get install libsasl2-modules-gssapi-mit, dnf install cyrus-sasl-gssapi, or apk add "
                    + "cyrus-sasl-gssapiv2; or sign in with a user and a password (bind).",
            };
        }

        if (Words.Say(words, "No credentials") || Words.Say(words, "No Kerberos credentials")
            || Words.Say(words, "expired") || Words.Say(words, "credentials cache"))
        {
            return new ScimNotConnectedException(
                "Zoom.Directory.NoTicket",
                $"There is no Kerberos ticket to sign in to {server} with ({DirectoryErrors.Words(words)}).",
                exception)
            {
                Category = "AuthenticationError",
                RecommendedAction = "Get one as the account that runs this: kinit reader@EXAMPLE.COM, unattended kinit -k -t reader.keytab "
                    + "reader@EXAMPLE.COM; KRB5CCNAME says where it is. Or sign in with a user and a password (bind, ZOOM_LDAP_USER).",
            };
        }

        return Words.Say(words, "not found in Kerberos database")
            ? Refused(
                server,
                options,
                $"the domain knows no service ldap/{server.Host} ({DirectoryErrors.Words(words)})",
                "Name the server as the domain does, with its full name (dc1.example.com) and not by an address or an alias.",
                exception)
            : exception.ErrorCode == 82 ? Refused(
                server,
                options,
                DirectoryErrors.Words(words),
                "Look at the ticket (klist) and at this machine's clock: Kerberos allows five minutes.",
                exception)
            : null;
    }

    private static string AdviceFor(string words) => Words.Say(words, "trong auth") || Words.Say(words, "onfidential")
        ? "The directory wants encryption or signing for this: use ldaps://."
        : "Check how the account may sign in, and what the directory's own log says.";

    private static ScimAuthenticationException Refused(DirectoryServer server, DirectoryOptions options, string what, string advice, Exception cause) => new(
        "Zoom.Directory.SignInRefused", $"{server} does not let {(options.User is { } user ? $"'{user}'" : "this account")} in: {what}.", cause)
    {
        Category = "AuthenticationError",
        RecommendedAction = advice,
    };

    private static string WordsOf(Exception exception) => exception switch
    {
        LdapException { ServerErrorMessage: { Length: > 0 } said } => said,
        DirectoryOperationException { Response.ErrorMessage: { Length: > 0 } said } => said,
        _ => exception.Message,
    };
}
