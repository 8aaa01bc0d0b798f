using System;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ZoomProvisioning.Engine.State;

/// <summary>How the files of a rule's state are laid out, and what reading a damaged one ends in.</summary>
internal static class StoredJson
{
    // "Unsafe" is about pasting JSON into HTML; people read these files.
    public static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    public static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>Whether reading failed because the text is not what was written.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException;
}
