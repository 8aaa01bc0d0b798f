using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace ZoomProvisioning.Connections;

/// <summary>What the environment of a process says to sign in with: the same for the module and for the console.</summary>
internal sealed class EnvironmentSignIn
{
    private const string Account = "ZOOM_ACCOUNT_ID";
    private const string Client = "ZOOM_CLIENT_ID";
    private const string Secret = "ZOOM_CLIENT_SECRET";

    private EnvironmentSignIn()
    {
    }

    /// <summary>The account id.</summary>
    public string AccountId { get; } = TextOf(Account)!;

    /// <summary>The client id.</summary>
    public string ClientId { get; } = TextOf(Client)!;

    /// <summary>The client secret.</summary>
    public SecureString ClientSecret { get; } = ProfileSecret.Secure(TextOf(Secret)!);

    /// <summary>The SCIM address; null where none is named.</summary>
    public Uri? ScimUri { get; } = AddressOf("ZOOM_SCIM_URI");

    /// <summary>The address of tokens; null where none is named.</summary>
    public Uri? TokenUri { get; } = AddressOf("ZOOM_TOKEN_URI");

    /// <summary>Reads the variables.</summary>
    /// <param name="missing">Those without which nobody can sign in, and which are not set.</param>
    /// <returns>What they say; null when some are missing.</returns>
    /// <exception cref="ArgumentException">An address is none.</exception>
    public static EnvironmentSignIn? Read(out IReadOnlyList<string> missing)
    {
        missing = new[] { Account, Client, Secret }.Where(name => TextOf(name) is null).ToList();
        return missing.Count == 0 ? new EnvironmentSignIn() : null;
    }

    private static string? TextOf(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } text ? text : null;

    private static Uri? AddressOf(string variable) => TextOf(variable) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri
        : throw new ArgumentException($"The environment variable {variable} is not an address.");
}
