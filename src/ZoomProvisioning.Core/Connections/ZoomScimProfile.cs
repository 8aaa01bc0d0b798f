using System;

namespace ZoomProvisioning.Connections;

/// <summary>
/// The settings of a connection under a name, kept for later sessions. Of the client secret it knows only where it is: in a
/// vault of SecretManagement, or in an environment variable.
/// </summary>
public sealed class ZoomScimProfile
{
    /// <summary>Makes a profile.</summary>
    /// <param name="name">Its name, which is the name of its file too.</param>
    public ZoomScimProfile(string name) => Name = name;

    /// <summary>The name by which <c>Connect-ZoomScim -Profile</c> finds it.</summary>
    public string Name { get; }

    /// <summary>What the connection is for, in the admin's words.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The Zoom account id.</summary>
    public string AccountId { get; init; } = string.Empty;

    /// <summary>The client id of the Zoom app; null when the vault's secret is a PSCredential, which has it.</summary>
    public string? ClientId { get; init; }

    /// <summary>The base of all SCIM requests.</summary>
    public Uri ScimUri { get; init; } = EngineOptions.DefaultScimUri;

    /// <summary>Where tokens are fetched.</summary>
    public Uri TokenUri { get; init; } = EngineOptions.DefaultTokenUri;

    /// <summary>An HTTP proxy; null uses the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether the proxy is signed in with the Windows account that runs this.</summary>
    public bool ProxyUseDefaultCredentials { get; init; }

    /// <summary>The name of the secret with the proxy's user name and password, in the vault of the client secret; null when there is none.</summary>
    public string? ProxySecretName { get; init; }

    /// <summary>A hard ceiling in requests per second, or null for the governor's own pace.</summary>
    public double? MaxRequestsPerSecond { get; init; }

    /// <summary>Whether users and groups may be created.</summary>
    public bool AllowCreate { get; init; } = true;

    /// <summary>Whether users may be changed and reactivated, and groups and their members changed.</summary>
    public bool AllowUpdate { get; init; } = true;

    /// <summary>Whether users may be deactivated.</summary>
    public bool AllowDisable { get; init; } = true;

    /// <summary>Whether users and groups may be deleted.</summary>
    public bool AllowDeprovision { get; init; } = true;

    /// <summary>What Remove-ZoomScimUser does when it is not told.</summary>
    public RemoveAction RemoveAction { get; init; } = RemoveAction.Disable;

    /// <summary>The SecretManagement vault that has the secret; null lets SecretManagement look in all of them.</summary>
    public string? SecretVault { get; init; }

    /// <summary>The secret's name in the vault; null when an environment variable has the secret.</summary>
    public string? SecretName { get; init; }

    /// <summary>The environment variable that has the secret; null when a vault has it.</summary>
    public string? SecretVariable { get; init; }

    /// <summary>Where the client secret is, in words.</summary>
    public string SecretLocation => SecretVariable is not null
        ? $"environment variable {SecretVariable}"
        : $"secret '{SecretName}' in {(SecretVault is null ? "any vault" : $"vault '{SecretVault}'")}";

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What is wrong with the settings, or null.</summary>
    internal string? Problem()
    {
        if (string.IsNullOrWhiteSpace(AccountId))
        {
            return "The account id is missing.";
        }

        if (SecretName is null == (SecretVariable is null))
        {
            return "It must say where the client secret is: either the name of a secret in a vault or an environment variable.";
        }

        if (SecretVariable is not null && string.IsNullOrWhiteSpace(ClientId))
        {
            return "The client id is missing. Only a PSCredential in a vault brings its own.";
        }

        if (MaxRequestsPerSecond is { } rate && !(rate is >= 0.1 and <= 1000))
        {
            return "The ceiling of requests per second must be from 0.1 to 1000.";
        }

        if (ProxySecretName is not null && SecretName is null)
        {
            return "The proxy's sign-in can be in a vault only, and only where the client secret is.";
        }

        return AddressProblem("SCIM", ScimUri) ?? AddressProblem("token", TokenUri) ?? (Proxy is null ? null : AddressProblem("proxy", Proxy));
    }

    // The address itself is not repeated: what is wrong with it may be a password.
    private static string? AddressProblem(string which, Uri address) =>
        !address.IsAbsoluteUri ? $"The {which} address must begin with https:// or http://."
        : address.UserInfo.Length > 0 ? $"The {which} address must not hold a user name or password: a profile keeps no secret."
        : null;
}
