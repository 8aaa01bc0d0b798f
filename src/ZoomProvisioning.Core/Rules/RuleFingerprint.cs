using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Rules;

/// <summary>
/// A digest of what a rule says. The same rule in JSON and in a .psd1 file, with other comments, order or description, or
/// that tells others of its runs, has the same; a plan is refused when its rule says something else since.
/// </summary>
internal static class RuleFingerprint
{
    /// <summary>The first 16 hexadecimal digits of the digest.</summary>
    public static string Of(ProvisioningRule rule)
    {
        var text = new StringBuilder();
        Append(text, RuleWriter.Write(rule), isRoot: true);
        using var algorithm = SHA256.Create();
        var digest = algorithm.ComputeHash(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Concat(digest.Take(8).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static void Append(StringBuilder text, RuleNode node, bool isRoot = false)
    {
        switch (node.Kind)
        {
            case RuleNodeKind.Table:
                text.Append('{');
                foreach (var entry in node.Entries
                    .Where(e => !isRoot || e.Key is not (RuleSettings.Description or RuleSettings.Id or RuleSettings.Notify))
                    .OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    AppendText(text, entry.Key);
                    Append(text, entry.Value);
                }

                text.Append('}');
                break;
            case RuleNodeKind.List:
                text.Append('[');
                foreach (var item in node.Items)
                {
                    Append(text, item);
                }

                text.Append(']');
                break;
            case RuleNodeKind.Flag:
                text.Append(node.Flag ? 't' : 'f');
                break;
            case RuleNodeKind.Null:
                text.Append('0');
                break;
            default:
                text.Append(node.Kind == RuleNodeKind.Script ? 's' : node.Kind == RuleNodeKind.Number ? 'n' : 'q');
                AppendText(text, (node.Text ?? string.Empty).Replace("\r\n", "\n"));
                break;
        }
    }

    // The length stands before the text, so that no two trees are written the same.
    private static void AppendText(StringBuilder text, string value) =>
        text.Append(value.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(value);
}
