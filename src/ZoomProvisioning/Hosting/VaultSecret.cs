using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Hosting;

/// <summary>A profile's client secret in a vault of Microsoft.PowerShell.SecretManagement, fetched by Get-Secret in the session.</summary>
internal static class VaultSecret
{
    private const string Install = "Install SecretManagement and the vault's extension for the account that runs this (Install-PSResource "
        + "Microsoft.PowerShell.SecretManagement), ";

    /// <summary>Fetches it.</summary>
    /// <returns>The client id where the secret is a PSCredential, and the client secret.</returns>
    /// <exception cref="ScimNotConnectedException">There is no Get-Secret, no such secret, or it is of another kind.</exception>
    public static (string? ClientId, SecureString Secret) Fetch(CommandInvocationIntrinsics session, ZoomScimProfile profile)
    {
        var value = Call(session, profile, "Get-Secret", new Hashtable { ["Name"] = profile.SecretName })?.BaseObject;
        return value switch
        {
            PSCredential credential => (Checked(profile, credential.UserName), credential.Password),
            SecureString { Length: > 0 } secret => (null, secret),
            // Get-Secret gives plain text only where somebody replaced it; what is there already can be used.
            string text when !string.IsNullOrWhiteSpace(text) => (null, ProfileSecret.Secure(text.Trim())),
            null or string or SecureString => throw Missing(profile, "and there is nothing in it.", null),
            _ => throw Failure(profile, "SecretKind", nameof(ErrorCategory.InvalidType), $"which is of the type {value.GetType().Name}.", null,
                "Store the client secret as a SecureString, or client id and client secret together as a PSCredential: Set-Secret."),
        };
    }

    /// <summary>Fetches the sign-in of the profile's proxy.</summary>
    /// <exception cref="ScimNotConnectedException">It cannot be had, or is no PSCredential.</exception>
    public static PSCredential FetchProxy(CommandInvocationIntrinsics session, ZoomScimProfile profile) =>
        Call(session, profile, "Get-Secret", new Hashtable { ["Name"] = profile.ProxySecretName })?.BaseObject as PSCredential
            ?? throw Failure(profile, "ProxySecretMissing", nameof(ErrorCategory.AuthenticationError), $"where '{profile.ProxySecretName}' is no "
                + "PSCredential for the proxy.", null,
                "Save the profile anew with New-ZoomScimProfile -Proxy -ProxyCredential -Force, or give -ProxyCredential.");

    /// <summary>Puts the sign-in of the profile's proxy beside the client secret.</summary>
    /// <exception cref="ScimNotConnectedException">The vault does not take it.</exception>
    public static void StoreProxy(CommandInvocationIntrinsics session, ZoomScimProfile profile, PSCredential credential) =>
        Call(session, profile, "Set-Secret", new Hashtable { ["Name"] = profile.ProxySecretName, ["Secret"] = credential });

    private static PSObject? Call(CommandInvocationIntrinsics session, ZoomScimProfile profile, string name, Hashtable arguments)
    {
        var command = session.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias)
            ?? throw Failure(profile, "NoVaultModule", nameof(ErrorCategory.NotInstalled), $"but the command {name} is not there.", null,
                Install + "or point the profile to an environment variable with New-ZoomScimProfile -SecretVariable -Force.");
        arguments["ErrorAction"] = ActionPreference.Stop;
        if (profile.SecretVault is not null)
        {
            arguments["Vault"] = profile.SecretVault;
        }

        try
        {
            // The value goes from hand to hand: it is on no pipeline that somebody could have redirected.
            return session.InvokeScript(
                "param($Command, $Arguments) & $Command @Arguments", true, PipelineResultTypes.None, null, command, arguments).FirstOrDefault();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            throw Missing(profile, $"which cannot be had: {exception.Message}", exception);
        }
    }

    /// <summary>The client id of the credential, unless the profile is for another client: a secret sent with the wrong id would only puzzle.</summary>
    private static string Checked(ZoomScimProfile profile, string clientId) =>
        profile.ClientId is { Length: > 0 } expected && !string.Equals(expected, clientId, StringComparison.Ordinal)
            ? throw Failure(profile, "ClientMismatch", nameof(ErrorCategory.InvalidData), $"which belongs to the client id '{clientId}', "
                + $"while the profile is for '{expected}'.", null,
                "Store the credential of the right app, or leave -ClientId out of the profile.")
            : clientId;

    private static ScimNotConnectedException Missing(ZoomScimProfile profile, string what, Exception? inner) =>
        Failure(profile, "SecretMissing", nameof(ErrorCategory.AuthenticationError), what, inner,
            $"Store it: Set-Secret -Name '{profile.SecretName}'{(profile.SecretVault is { } vault ? $" -Vault '{vault}'" : string.Empty)}. "
                + "A vault that asks for a password must be unlocked first (Unlock-SecretStore). Vaults belong to a user: look as the account that "
                + "runs this (Get-SecretInfo).");

    private static ScimNotConnectedException Failure(ZoomScimProfile profile, string reason, string category, string what, Exception? inner, string advice) =>
        new("Zoom.Profile." + reason, $"The profile '{profile.Name}' takes its client secret from the {profile.SecretLocation}, {what}", inner)
        {
            Category = category,
            RecommendedAction = advice,
        };
}
