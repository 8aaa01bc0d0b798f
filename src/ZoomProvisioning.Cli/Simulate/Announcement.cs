using System;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ZoomProvisioning.Cli.Simulate;

/// <summary>Says where a simulator is and how to connect to it.</summary>
internal static class Announcement
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The one line of <c>--json</c>, whose names are fixed for scripts.</summary>
    public static string Json(SimulatorHost host) => JsonSerializer.Serialize(
        new
        {
            scimUri = host.ScimUri.AbsoluteUri,
            tokenUri = host.TokenUri.AbsoluteUri,
            accountId = host.Zoom.AccountId,
            clientId = host.Zoom.ClientId,
            clientSecret = host.Zoom.ClientSecret,
        },
        Plain);

    /// <summary>The text for people: environment variables to paste into either kind of shell.</summary>
    public static string Text(SimulatorHost host)
    {
        (string Name, string Value)[] variables =
        [
            ("ZOOM_ACCOUNT_ID", host.Zoom.AccountId),
            ("ZOOM_CLIENT_ID", host.Zoom.ClientId),
            ("ZOOM_CLIENT_SECRET", host.Zoom.ClientSecret),
            ("ZOOM_SCIM_URI", host.ScimUri.AbsoluteUri),
            ("ZOOM_TOKEN_URI", host.TokenUri.AbsoluteUri),
        ];
        var text = new StringBuilder();
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"A simulated Zoom account answers at {host.ScimUri}. Press Ctrl+C to stop it.");
        text.AppendLine().AppendLine("PowerShell:");
        text.AppendJoin(Environment.NewLine, variables.Select(variable => $"  $env:{variable.Name} = '{variable.Value}'"));
        text.AppendLine().AppendLine().AppendLine("sh:");
        text.AppendJoin(Environment.NewLine, variables.Select(variable => $"  export {variable.Name}='{variable.Value}'"));
        return text.ToString();
    }
}
