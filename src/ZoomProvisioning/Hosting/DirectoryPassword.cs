using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Hosting;

/// <summary>The password for a directory that a vault of Microsoft.PowerShell.SecretManagement keeps, fetched by Get-Secret in the session.</summary>
internal static class DirectoryPassword
{
    /// <summary>Fetches it; null where the rule names no vault's secret.</summary>
    /// <exception cref="ScimNotConnectedException">It cannot be had.</exception>
    public static SecureString? Fetch(CommandInvocationIntrinsics session, LdapBind bind)
    {
        if (bind.SecretName is not { } name)
        {
            return null;
        }

        var arguments = new Hashtable { ["Name"] = name, ["ErrorAction"] = ActionPreference.Stop };
        if (bind.SecretVault is { } vault)
        {
            arguments["Vault"] = vault;
        }

        try
        {
            var command = session.GetCommand("Get-Secret", CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias)
                ?? throw Missing(bind, "but the command Get-Secret is not there", null);
            // The value goes from hand to hand: it is on no pipeline that somebody could have redirected.
            var value = session.InvokeScript(
                "param($Command, $Arguments) & $Command @Arguments", true, PipelineResultTypes.None, null, command, arguments).FirstOrDefault()?.BaseObject;
            return value switch
            {
                SecureString { Length: > 0 } secret => secret,
                PSCredential credential => credential.Password,
                string { Length: > 0 } text => ProfileSecret.Secure(text),
                _ => throw Missing(bind, "and there is no password in it", null),
            };
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            throw Missing(bind, $"which cannot be had: {exception.Message}", exception);
        }
    }

    private static ScimNotConnectedException Missing(LdapBind bind, string what, System.Exception? inner) => new(
        "Zoom.Directory.NoPassword",
        $"The password of '{bind.User}' for the directory is the secret '{bind.SecretName}' of the "
            + $"{(bind.SecretVault is { } vault ? $"vault '{vault}'" : "default vault")}, {what}.",
        inner)
    {
        Category = nameof(ErrorCategory.AuthenticationError),
        RecommendedAction = $"Store it: Set-Secret -Name '{bind.SecretName}'. A vault that asks for a password must be unlocked first (Unlock-SecretStore). "
            + "Or give -SourceCredential.",
    };
}
