using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The directory that a rule reads itself, where nothing was piped in.</summary>
internal static class RuleDirectory
{
    /// <summary>Gathers all that PowerShell knows, and gives the read, which needs none of it and may run anywhere.</summary>
    /// <param name="rule">The rule; it names a directory.</param>
    /// <param name="credential">Who signs in, in place of what the rule says.</param>
    /// <param name="session">The session, for vaults and relative paths.</param>
    /// <exception cref="ScimNotConnectedException">The password or a certificate file cannot be had.</exception>
    public static Func<CancellationToken, DirectoryReading> Prepare(ProvisioningRule rule, PSCredential? credential, SessionState session)
    {
        var settings = rule.Source.Ldap!;
        if (credential is not null)
        {
            settings = settings with { Bind = new LdapBind { Method = DirectoryBindMethod.Simple, User = credential.UserName } };
        }

        var password = credential?.Password ?? DirectoryPassword.Fetch(session.InvokeCommand, settings.Bind);
        var folder = rule.Path is { } path ? Path.GetDirectoryName(path) : session.Path.CurrentFileSystemLocation.Path;
        var options = DirectorySource.OptionsOf(settings, folder, password);
        return new DirectoryReader(EngineLoader.Engine.Directory, settings, options, DirectorySource.NeedsOf(rule)).Read;
    }
}
