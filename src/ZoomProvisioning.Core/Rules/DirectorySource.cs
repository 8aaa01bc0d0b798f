using System;
using System.IO;
using System.Linq;
using System.Security;
using System.Text.RegularExpressions;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>What a rule needs of a directory, and how it signs in there.</summary>
internal static class DirectorySource
{
    // $_.extensionAttribute3 and $_['extensionAttribute3'] in a scriptblock.
    private static readonly Regex InScript = new(@"\$(?:_|PSItem)(?:\.|\[\s*['""])([A-Za-z][A-Za-z0-9-]*)", RegexOptions.CultureInvariant);

    /// <summary>What is to be read for a rule.</summary>
    public static DirectoryNeeds NeedsOf(ProvisioningRule rule)
    {
        var questions = new[] { rule.Scope }.Concat(rule.Groups.Select(g => g.When)).OfType<Filter.ScopeRule>().ToList();
        var sources = rule.Attributes.Values.Select(a => a.Source).Concat(rule.GroupSource is { } groups ? [groups] : []).ToList();
        var scripts = questions.Select(q => q.Text)
            .Where(t => t.StartsWith("{", StringComparison.Ordinal))
            .Concat(sources.Select(s => s.ScriptText).OfType<string>());
        return new DirectoryNeeds
        {
            UsesPreset = rule.UsePreset,
            Groups = [.. questions.SelectMany(q => q.TextsOf("memberOf")).Where(g => g.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Properties =
            [
                .. sources.SelectMany(s => s.Property is { } property ? [property] : s.Template?.Properties ?? [])
                    .Concat(questions.SelectMany(q => q.Properties))
                    .Concat(scripts.SelectMany(t => InScript.Matches(t).Cast<Match>().Select(m => m.Groups[1].Value)))
                    .Concat(rule.Anchor is { } anchor ? [anchor] : [])
                    .Concat(rule.Source.Ldap?.Attributes ?? [])
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
        };
    }

    /// <summary>A rule that is read from a directory, where it does not say so itself: people are told apart by the directory's own key.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="address">The directory that was named; it stands for the rule's own, whose sign-in is used where there is one.</param>
    public static ProvisioningRule Over(ProvisioningRule rule, LdapSettings address)
    {
        var own = rule.Source.Ldap;
        return rule with
        {
            Anchor = rule.Anchor ?? SourceAnchor.OfDirectories,
            Source = rule.Source with
            {
                Ldap = own is null ? address : own with
                {
                    Servers = address.Servers,
                    Bases = address.Bases.Count > 0 ? address.Bases : own.Bases,
                    Scope = address.Bases.Count > 0 ? address.Scope : own.Scope,
                    Filter = address.Filter ?? own.Filter,
                    Bind = address.Bind == new LdapBind() ? own.Bind : address.Bind,
                },
            },
        };
    }

    /// <summary>What a rule makes of what was read.</summary>
    public static SourceSnapshot Read(ProvisioningRule rule, DirectoryReading reading, DateTimeOffset readAt)
    {
        var snapshot = SourceReader.Read(rule, reading.Records);
        return snapshot with
        {
            Incomplete = reading.Incomplete ?? snapshot.Incomplete,
            Warnings = [.. reading.Notes, .. snapshot.Warnings],
            WrittenAt = readAt,
        };
    }

    /// <summary>How to connect.</summary>
    /// <param name="settings">The directory.</param>
    /// <param name="folder">The folder that paths in the rule are relative to; null for the present one.</param>
    /// <param name="password">The password, where somebody has it already; a vault's, for example.</param>
    /// <exception cref="ScimNotConnectedException">The password cannot be had.</exception>
    public static DirectoryOptions OptionsOf(LdapSettings settings, string? folder, SecureString? password = null) => new()
    {
        Method = settings.Bind.Method,
        User = settings.Bind.User,
        Password = settings.Bind.Method == DirectoryBindMethod.Simple ? password ?? PasswordOf(settings.Bind, folder) : null,
        Certificate = settings.Certificate is { } file ? CertificateFile(PathOf(file, folder)) : null,
    };

    private static SecureString PasswordOf(LdapBind bind, string? folder)
    {
        if (bind.PasswordVariable is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
                ? ProfileSecret.Secure(text)
                : throw Missing(
                    bind,
                    $"is to be in the environment variable {variable}, which is not set",
                    $"Set {variable} for the process that runs this (in a scheduled task or a pipeline: in its own settings, as a secret).");
        }

        if (bind.PasswordFile is { } file)
        {
            return PasswordIn(bind, PathOf(file, folder));
        }

        throw bind.SecretName is { } secret
            ? Missing(
                bind,
                $"is in a vault (the secret '{secret}'), which only PowerShell can open",
                "Run the rule in PowerShell (Sync-ZoomScimUser), or keep the password in a file or an environment variable (bind.passwordFile, "
                    + "bind.passwordVariable).")
            : Missing(
                bind,
                "is nowhere to be found",
                "Say in the rule where it is (bind.passwordVariable, bind.passwordFile or bind.secretName); for an address "
                    + "alone: --ldap-password-variable or --ldap-password-file, else ZOOM_LDAP_PASSWORD.");
    }

    private static SecureString PasswordIn(LdapBind bind, string path)
    {
        try
        {
            // A line end that an editor has added is no part of it.
            var text = File.ReadAllText(path).TrimEnd('\r', '\n');
            return text.Length > 0 && text.IndexOf('\n') < 0 ? ProfileSecret.Secure(text)
                : throw Missing(
                    bind,
                    $"is to be in the file '{path}', which {(text.Length == 0 ? "is empty" : "has more than one line")}",
                    "Write the password into the file, as its only line.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Missing(
                bind,
                $"is to be in the file '{path}', which cannot be read: {exception.Message}",
                "Check the path, and that the account that runs this may read the file.",
                exception);
        }
    }

    private static string CertificateFile(string path) =>
        File.Exists(path) ? path : throw new ScimNotConnectedException("Zoom.Directory.NoCertificateFile", $"The certificate file '{path}' is not there.")
        {
            Category = "ObjectNotFound",
            RecommendedAction = "Give the path of a PEM file with the certificate of the authority that signs the directory's; "
            + "paths in a rule are relative to the rule's file.",
        };

    private static string PathOf(string path, string? folder) => folder is null ? Path.GetFullPath(path) : Path.GetFullPath(Path.Combine(folder, path));

    private static ScimNotConnectedException Missing(LdapBind bind, string what, string advice, Exception? inner = null) =>
        new("Zoom.Directory.NoPassword", $"The password of '{bind.User}' for the directory {what}.", inner)
        {
            Category = "AuthenticationError",
            RecommendedAction = advice,
        };
}
