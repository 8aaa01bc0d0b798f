using System;
using System.Collections.Generic;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>A directory as a rule's source: where it is, who of it is read, and how to sign in. No secret is in it.</summary>
public sealed record LdapSettings
{
    /// <summary>The kinds of directories, as rules write them.</summary>
    internal static IReadOnlyList<string> Kinds { get; } = ["auto", "activeDirectory", "openLdap"];

    /// <summary>How long a read may take unless somebody says so.</summary>
    internal static readonly TimeSpan UsualTimeLimit = TimeSpan.FromMinutes(15);

    /// <summary>The servers, in the order in which they are tried.</summary>
    public IReadOnlyList<DirectoryServer> Servers { get; init; } = [];

    /// <summary>Where people are looked for; empty for the whole directory.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>How far below.</summary>
    public DirectoryScope Scope { get; init; }

    /// <summary>Who of them, as a filter of LDAP; null for all people.</summary>
    public string? Filter { get; init; }

    /// <summary>Only members of these groups, directly or by other groups; empty for everybody.</summary>
    public IReadOnlyList<string> MemberOf { get; init; } = [];

    /// <summary>Which directories' names and bits are expected: auto, activeDirectory or openLdap.</summary>
    public string Kind { get; init; } = "auto";

    /// <summary>Attributes to read besides those the rule names, for scriptblocks.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The groups that become Zoom groups; null for none.</summary>
    public LdapGroups? Groups { get; init; }

    /// <summary>How to sign in.</summary>
    public LdapBind Bind { get; init; } = new();

    /// <summary>A file of certificates (PEM) that sign the servers', as it is written; null for those this machine trusts.</summary>
    public string? Certificate { get; init; }

    /// <summary>Whether people whom other servers keep may be missing.</summary>
    public bool IgnoresReferrals { get; init; }

    /// <summary>How long the read may take.</summary>
    public TimeSpan TimeLimit { get; init; } = UsualTimeLimit;

    /// <summary>How many entries a page has.</summary>
    public int PageSize { get; init; } = 1000;
}

/// <summary>How to sign in to a directory, and where the password is.</summary>
public sealed record LdapBind
{
    /// <summary>The methods, as rules write them.</summary>
    internal static IReadOnlyList<string> Methods { get; } = ["negotiate", "simple", "anonymous"];

    /// <summary>The method.</summary>
    public DirectoryBindMethod Method { get; init; }

    /// <summary>The name to sign in with: a DN, <c>reader@example.com</c> or <c>EXAMPLE\reader</c>.</summary>
    public string? User { get; init; }

    /// <summary>The environment variable that holds the password.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>The file whose first line is the password, as it is written.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The name of a secret in a vault of SecretManagement.</summary>
    public string? SecretName { get; init; }

    /// <summary>The vault; null for the default one.</summary>
    public string? SecretVault { get; init; }
}

/// <summary>Groups of a directory that become Zoom groups.</summary>
public sealed record LdapGroups
{
    /// <summary>Where groups are looked for; null for the whole directory.</summary>
    public string? Base { get; init; }

    /// <summary>Which groups, as a filter of LDAP; null for all there.</summary>
    public string? Filter { get; init; }

    /// <summary>The attribute that names the Zoom group.</summary>
    public string Name { get; init; } = "cn";
}
