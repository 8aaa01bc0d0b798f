using System;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Cli.Source;

/// <summary>How to sign in to a directory, as the command line and the environment say.</summary>
internal sealed record DirectoryChoice
{
    /// <summary>The variable that holds the user.</summary>
    public const string UserVariable = "ZOOM_LDAP_USER";

    /// <summary>The variable that holds the password where none other is named.</summary>
    public const string PasswordVariable = "ZOOM_LDAP_PASSWORD";

    /// <summary>The variable that names the certificate file.</summary>
    public const string CertificateVariable = "ZOOM_LDAP_CERTIFICATE";

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The variable that holds the password.</summary>
    public string? PasswordIn { get; init; }

    /// <summary>The file that holds the password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The file of certificates that sign the servers'.</summary>
    public string? Certificate { get; init; }

    /// <summary>Whether the directory is read as nobody.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The directory with what was chosen.</summary>
    public LdapSettings Over(LdapSettings settings)
    {
        var user = User ?? settings.Bind.User ?? Variable(UserVariable);
        return settings with
        {
            Certificate = Certificate ?? settings.Certificate ?? Variable(CertificateVariable),
            Bind = Anonymous ? new LdapBind { Method = DirectoryBindMethod.Anonymous }
                : user is null ? settings.Bind
                : new LdapBind
                {
                    Method = DirectoryBindMethod.Simple,
                    User = user,
                    PasswordVariable = PasswordFile is not null ? null : PasswordIn ?? settings.Bind.PasswordVariable ?? PasswordVariable,
                    PasswordFile = PasswordFile,
                },
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
