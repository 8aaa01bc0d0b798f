using System.Collections.Generic;
using System.Threading;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Cli.Source;

/// <summary>The test of a directory.</summary>
internal static class DirectoryTests
{
    /// <summary>Runs all steps.</summary>
    /// <param name="rule">The rule that will read it, or the built-in one.</param>
    /// <param name="source">The address on the command line; without one the rule's directory is tested.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ScimException">There is no directory to test, or nobody to sign in.</exception>
    public static IReadOnlyList<ConnectionTestStep> Run(ProvisioningRule rule, PeopleSource source, CancellationToken stop)
    {
        var over = People.Rule(rule, source);
        if (source.File is not null || over.Source.Ldap is not { } settings)
        {
            throw new ScimRecordException("Zoom.Source.None", source.File is not null
                ? $"'{source.Text}' is no directory; a file is looked at by plan --validate-only."
                : $"The rule '{rule.Name}' names no directory (source.ldap).")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Give the address of a directory: --source 'ldaps://dc.example.com/OU=Staff,DC=example,DC=com'.",
            };
        }

        var options = DirectorySource.OptionsOf(settings, source.IsAddress ? null : People.FolderOf(over));
        return new DirectoryTest(new EngineFactory().Directory, settings, options, DirectorySource.NeedsOf(over)).Run(stop);
    }
}
