using System;
using System.Globalization;
using System.Text;

namespace ZoomProvisioning.Input.Tables;

/// <summary>An encoding by the name people and PowerShell give it.</summary>
internal static class NamedEncoding
{
    /// <summary>What to write where a name is not known.</summary>
    public const string Advice = "name one such as utf-8, utf-16, windows-1252, iso-8859-1 or shift_jis";

    /// <summary>The encoding. Bytes that are no letters in it are refused.</summary>
    /// <exception cref="ScimRecordException">There is none of this name.</exception>
    public static Encoding Find(string name)
    {
        Register();
        var known = name.ToUpperInvariant() switch
        {
            "ANSI" or "DEFAULT" => "windows-1252",
            "UTF8" or "UTF8BOM" or "UTF8NOBOM" => "utf-8",
            "UNICODE" => "utf-16",
            "BIGENDIANUNICODE" => "utf-16BE",
            "OEM" => "ibm850",
            _ => name,
        };
        try
        {
            return int.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Encoding.GetEncoding(known, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ScimRecordException("Zoom.Source.UnknownEncoding", $"There is no encoding called '{name}'.", exception)
            {
                Category = "InvalidArgument",
                RecommendedAction = char.ToUpperInvariant(Advice[0]) + Advice.Substring(1) + ".",
            };
        }
    }

    // .NET knows the encodings of Windows when it is told to; .NET Framework knows them anyway, and netstandard2.0 has no word for it.
    private static void Register()
    {
        var provider = Type.GetType("System.Text.CodePagesEncodingProvider, System.Text.Encoding.CodePages")?.GetProperty("Instance")?.GetValue(null);
        if (provider is EncodingProvider pages)
        {
            Encoding.RegisterProvider(pages);
        }
    }
}
