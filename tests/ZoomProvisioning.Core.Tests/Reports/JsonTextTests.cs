#if !NETFRAMEWORK
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZoomProvisioning.Tests.Reports;

/// <summary>Lines of JSON, which somebody may look at in a terminal.</summary>
public class JsonTextTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Gen<string> Hostile = Gen.Elements(
        "Jill", "fdp\u202Eexe", "\u2066x\u2069", "zero\u200Bwidth", "\uFEFF",
        "\u001b[31m", "\u009B2J", "a\tb\nc", "\"", "\\", "\u2028", "😀", "\U000E0041", "辻\U000E0100", "\u3164", "\u00AD", "محمد\u200F")
        .ArrayOf().Select(parts => string.Concat(parts));

    [Fact]
    public void What_deceives_is_an_escape_and_the_text_stays_the_same() => Prop.ForAll(Hostile.ToArbitrary(), text =>
    {
        var json = JsonSerializer.Serialize(new { text }, Relaxed);
        var shown = VisibleText.InJson(json);
        Assert.DoesNotContain(shown, c => char.IsControl(c) || c is '\u202E' or '\u2066' or '\u2069' or '\u200B' or '\uFEFF' or '\u2028' or '\u3164');
        Assert.DoesNotContain('\u00AD', shown);
        Assert.DoesNotContain("\U000E0041", shown, System.StringComparison.Ordinal);
        using var after = JsonDocument.Parse(shown);
        Assert.Equal(text, after.RootElement.GetProperty("text").GetString());
    }).Check(Law.Times(300));
}
#endif
