using System;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>Builds the addresses of SCIM requests.</summary>
internal static class ScimAddress
{
    /// <summary>The address of a path below the SCIM base, exactly as it is escaped already.</summary>
    /// <exception cref="ScimRecordException">This host's Uri class changes the path, so the request would go elsewhere.</exception>
    public static Uri Of(Uri scimUri, string path)
    {
        var text = scimUri.GetLeftPart(UriPartial.Path).TrimEnd('/') + path;
        var uri = new Uri(text);
        if (!uri.AbsolutePath.EndsWith(path.Split('?')[0], StringComparison.Ordinal))
        {
            // .NET Framework turns %2F back into / for programs built for its version 4.0, and nothing but that program's
            // configuration file can change it. Better no request than one to another resource.
            throw new ScimRecordException("Zoom.Record.IdNotAddressable", $"This host cannot send a request to {path} unchanged.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Use PowerShell 7 for this user: Windows PowerShell cannot address ids that contain a slash.",
            };
        }

        return uri;
    }

    /// <summary>An id as one path segment.</summary>
    /// <exception cref="ArgumentException">It is no id: empty, or a dot segment, which would address something else (RFC 3986 section 5.2.4).</exception>
    public static string Segment(string id) => id is null or "" or "." or ".."
        ? throw new ArgumentException($"'{id}' is not a Zoom id.", nameof(id))
        : Uri.EscapeDataString(id);
}
