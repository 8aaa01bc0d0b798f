using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Reports;

/// <summary>The style sheet or the script of the pages, with the hash by which the page's own policy lets it in.</summary>
internal sealed class PageAsset
{
    private static readonly Lazy<PageAsset> LazyStyle = new(() => new PageAsset("page.css"));
    private static readonly Lazy<PageAsset> LazyScript = new(() => new PageAsset("page.js"));

    private PageAsset(string name)
    {
        using var stream = typeof(PageAsset).Assembly.GetManifestResourceStream(typeof(PageAsset), name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser hashes what it has read, and it reads every end of line as a line feed.
        Text = reader.ReadToEnd().Replace("\r\n", "\n");
        using var sha = SHA256.Create();
        Source = $"'sha256-{Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(Text)))}'";
    }

    /// <summary>The style sheet.</summary>
    public static PageAsset Style => LazyStyle.Value;

    /// <summary>The script.</summary>
    public static PageAsset Script => LazyScript.Value;

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>What a content security policy calls it.</summary>
    public string Source { get; }
}
