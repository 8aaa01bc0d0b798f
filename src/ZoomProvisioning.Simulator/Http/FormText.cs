using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Simulator.Http;

/// <summary>Reads <c>a=1&amp;b=2</c>, in a query or a form. A plus sign means a blank there, so clients must send it as %2B.</summary>
internal static class FormText
{
    public static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&'))
        {
            if (pair.Length == 0)
            {
                continue;
            }

            var equals = pair.IndexOf("=", StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair.Substring(0, equals));
            values[name] = equals < 0 ? "" : Decode(pair.Substring(equals + 1));
        }

        return values;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
