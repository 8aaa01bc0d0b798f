using System;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>Why a search ended before its end.</summary>
internal static class SearchErrors
{
    private const int TimedOut = 85;
    private const int BadFilter = 87;

    /// <summary>The error for what a search threw.</summary>
    public static ScimException Of(Exception exception, DirectoryServer server, DirectorySearch search) => exception switch
    {
        TimeoutException => TimeLimit(server, search),
        DirectoryOperationException { Response: { } response } => OfResult(response, server, search, exception),
        DirectoryOperationException => Refused(server, exception.Message, exception),
        LdapException { ErrorCode: BadFilter } =>
            new ScimRecordException("Zoom.Directory.Filter", $"'{search.Filter}' is no filter the directory takes. Nothing was sent.", exception)
            {
                Category = "InvalidArgument",
                RecommendedAction = "Correct the filter (RFC 4515), for example (&(objectClass=user)(department=Sales)); try it with ldapsearch.",
            },
        LdapException { ErrorCode: TimedOut } => TimeLimit(server, search),
        LdapException ldap => DirectoryErrors.Lost(server, "in the middle of the read: " + DirectoryErrors.Words(ldap.Message), exception),
        _ => Refused(server, exception.Message, exception),
    };

    private static ScimException OfResult(DirectoryResponse response, DirectoryServer server, DirectorySearch search, Exception exception)
    {
        var words = DirectoryErrors.Words(response.ErrorMessage is { Length: > 0 } said ? said : response.ResultCode.ToString());
        return response.ResultCode switch
        {
            ResultCode.NoSuchObject => LdapFaults.Base(search.Base, server),
            ResultCode.InvalidDNSyntax or ResultCode.NamingViolation => LdapFaults.Base(search.Base, server),
            ResultCode.SizeLimitExceeded or ResultCode.AdminLimitExceeded => new ScimServerException(
                "Zoom.Directory.SizeLimit",
                $"{server} gives this account no more entries than so many (size limit: {words}).",
                exception)
            {
                Category = "LimitsExceeded",
                RecommendedAction = "Have the limit raised for the account that reads: in OpenLDAP 'limits dn.exact=\"cn=reader,…\" "
                    + "size.prtotal=unlimited size=unlimited', in 389 Directory Server nsSizeLimit, in Active Directory the LDAP policies.",
            },
            ResultCode.TimeLimitExceeded => TimeLimit(server, search),
            ResultCode.Busy or ResultCode.Unavailable => DirectoryErrors.Busy(server, words),
            ResultCode.Referral or ResultCode.ReferralV2 => Elsewhere(response, server, search),
            ResultCode.OperationsError or ResultCode.InsufficientAccessRights or ResultCode.StrongAuthRequired
                or ResultCode.ConfidentialityRequired or ResultCode.InappropriateAuthentication =>
                new ScimAuthenticationException("Zoom.Directory.NotAllowed", $"{server} does not let this account read '{search.Base}' ({words}).", exception)
                {
                    Category = "PermissionDenied",
                    RecommendedAction = "Give the account the right to read there, or sign in with one that has it (bind). "
                        + "As nobody (anonymous) most directories show nothing.",
                },
            _ => Refused(server, $"{response.ResultCode}: {words}", exception),
        };
    }

    /// <summary>The base is kept by another server.</summary>
    public static ScimRecordException Elsewhere(DirectoryResponse response, DirectoryServer server, DirectorySearch search) =>
        new("Zoom.Directory.Referral",
        $"{server} does not keep '{search.Base}' and sends to another server "
            + $"({string.Join(", ", response.Referral.Take(3).Select(r => DirectoryErrors.Words(r.ToString())))}), which was not asked. Nothing was sent.")
        {
            Category = "ResourceUnavailable",
            RecommendedAction = "Name a server that keeps it (servers), or a base that this server keeps. Referrals are not followed: "
                + "nobody knows who would be told the password.",
        };

    private static ScimServerException TimeLimit(DirectoryServer server, DirectorySearch search) => new("Zoom.Directory.TimeLimit",
        string.Format(
            CultureInfo.CurrentCulture,
            "{0} did not give everybody in time ({1:N0} seconds were left, or its own limit was shorter).",
            server,
            Math.Max(0, search.TimeLimit.TotalSeconds)))
    {
        Category = "OperationTimeout",
        RecommendedAction = "Allow more time in the rule (source.ldap.timeLimitSeconds), narrow base or filter, or ask who runs the directory for a "
            + "longer limit and an index for the filter.",
    };

    private static ScimServerException Refused(DirectoryServer server, string words, Exception exception) =>
        new("Zoom.Directory.Refused", $"{server} refuses the search ({DirectoryErrors.Words(words)}).", exception)
        {
            Category = "InvalidOperation",
            RecommendedAction = "Try the same with ldapsearch, and look into the directory's own log.",
        };
}
