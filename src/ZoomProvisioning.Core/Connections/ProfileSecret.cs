using System;
using System.Security;

namespace ZoomProvisioning.Connections;

/// <summary>The client secret that a profile points to.</summary>
internal static class ProfileSecret
{
    /// <summary>The secret in the profile's environment variable.</summary>
    /// <exception cref="ScimNotConnectedException">The variable is not set.</exception>
    public static SecureString FromVariable(ZoomScimProfile profile)
    {
        var text = Environment.GetEnvironmentVariable(profile.SecretVariable!)?.Trim();
        return string.IsNullOrEmpty(text)
            ? throw new ScimNotConnectedException(
                "Zoom.Profile.SecretMissing",
                $"The profile '{profile.Name}' takes its client secret from the environment variable {profile.SecretVariable}, which is not set.")
            {
                Category = "AuthenticationError",
                RecommendedAction = $"Set {profile.SecretVariable} for the process that runs this (in a scheduled task or a pipeline: "
                    + "in its own settings, as a secret), or point the profile elsewhere with New-ZoomScimProfile -Force.",
            }
            : Secure(text!);
    }

    /// <summary>A text as a SecureString.</summary>
    public static SecureString Secure(string text)
    {
        var secret = new SecureString();
        foreach (var character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
