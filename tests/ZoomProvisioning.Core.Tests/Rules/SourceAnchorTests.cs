using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>One key is one text, however a directory, an export or a spreadsheet spells it.</summary>
public class SourceAnchorTests
{
    private const string Id = "12efcdab-3456-7890-abcd-ef1234567890";

    private static readonly byte[] Bytes = new Guid(Id).ToByteArray();

    [Theory]
    [InlineData(Id)]
    [InlineData("12EFCDAB-3456-7890-ABCD-EF1234567890")]
    [InlineData("{12efcdab-3456-7890-abcd-ef1234567890}")]
    [InlineData("(12efcdab-3456-7890-abcd-ef1234567890)")]
    [InlineData("12EFCDAB34567890ABCDEF1234567890")]
    [InlineData("urn:uuid:12efcdab-3456-7890-abcd-ef1234567890")]
    [InlineData(" \t{12EFCDAB-3456-7890-abcd-ef1234567890}\u00a0\r\n")]
    [InlineData("\ufeff12efcdab-3456-7890-abcd-ef1234567890\u200b ")]
    [InlineData("q83vElY0kHirze8SNFZ4kA==")]
    [InlineData("X'abcdef1256349078abcdef1234567890'")]
    [InlineData("x'ABCDEF1256349078ABCDEF1234567890'")]
    public void A_GUID_is_one_in_every_spelling(string text)
    {
        Assert.Equal(Id, SourceAnchor.Canonical(text));
        Assert.Equal(Id, SourceAnchor.TextOf(text));
        Assert.Equal(Id, SourceAnchor.TextOf(new object[] { text }));
    }

    [Fact]
    public void A_GUID_is_one_as_bytes_and_as_itself()
    {
        Assert.Equal(Id, SourceAnchor.TextOf(Bytes));
        Assert.Equal(Id, SourceAnchor.TextOf(Bytes.Cast<object>().ToList()));
        Assert.Equal(Id, SourceAnchor.TextOf(Bytes.Select(b => (object)(long)b).ToArray()));
        Assert.Equal(Id, SourceAnchor.TextOf(new Guid(Id)));
        Assert.Equal(Id, SourceAnchor.TextOf(Convert.ToBase64String(Bytes)));
    }

    [Theory]
    [InlineData("00123", "00123")]
    [InlineData(" E0017\u00a0", "E0017")]
    [InlineData("\u200bE0017", "E0017")]
    [InlineData("E0017\u200b", "E0017")]
    [InlineData("\u00ad E0017", "E0017")]
    [InlineData("E0017 \ufeff \u2060", "E0017")]
    [InlineData("C-77", "C-77")]
    [InlineData("   ", null)]
    [InlineData("\u200b", null)]
    [InlineData("", null)]
    [InlineData("12efcdab-3456-7890-abcd-ef123456789", "12efcdab-3456-7890-abcd-ef123456789")]
    [InlineData("q83vElY0kHirze8SNFZ4kAA=", "q83vElY0kHirze8SNFZ4kAA=")]
    [InlineData("X'5365c3a16e'", "X'5365c3a16e'")]
    [InlineData("q83vElY0kHirze8SNF-4kA==", "q83vElY0kHirze8SNF-4kA==")]
    public void Anything_else_stays_as_it_is_but_for_blanks(string text, string? canonical)
    {
        Assert.Equal(canonical, SourceAnchor.Canonical(text));
        Assert.Equal(canonical, SourceAnchor.Canonical(SourceAnchor.Canonical(text)));
    }

    [Theory]
    [InlineData("000123", "123", true)]
    [InlineData("0", "000", true)]
    [InlineData("0009", "9", true)]
    [InlineData("", "0", false)]
    [InlineData("123", "1230", false)]
    [InlineData("e0017", "E0017", true)]
    [InlineData("E0017", "E017", false)]
    [InlineData("١٢٣", "123", false)]
    public void Numbers_but_for_zeros_and_texts_but_for_case_are_nearly_the_same(string one, string other, bool nearly) =>
        Assert.Equal(nearly, SourceAnchor.Loosely(one) == SourceAnchor.Loosely(other));

    /// <summary>Sixteen numbers, the first of them as they are given.</summary>
    private static object[] Numbers(params int[] first) => [.. first.Concat(Enumerable.Repeat(1, 16)).Take(16).Cast<object>()];

    [Fact]
    public void Bytes_are_a_key_as_numbers_too()
    {
        Assert.Equal("ff00ff01-0101-0101-0101-010101010101", SourceAnchor.TextOf(Numbers(1, 255, 0, 255)));
        Assert.Equal("AQID", SourceAnchor.TextOf(new byte[] { 1, 2, 3 }));
        Assert.Equal("7", SourceAnchor.TextOf(new object[] { 7 }));
        Assert.Equal("7", SourceAnchor.TextOf(new object[] { "7" }));
        Assert.Null(SourceAnchor.TextOf(Array.Empty<object>()));
        Assert.Null(SourceAnchor.TextOf(null));
    }

    public static TheoryData<object> Several =>
    [
        Numbers(256), Numbers(-1), Numbers(1, 256), new object[] { 1, 2 }, new object[] { (byte)1, "x" }, new object[] { "x", (byte)1 },
        Enumerable.Repeat((object)"1", 16).ToArray(), Enumerable.Repeat((object)1, 15).Concat(["1"]).ToArray(),
    ];

    [Theory]
    [MemberData(nameof(Several))]
    public void Several_values_that_are_no_bytes_are_no_key(object values) => Assert.Throws<FormatException>(() => SourceAnchor.TextOf(values));

    [Fact]
    public void Bytes_that_happen_to_be_a_text_are_a_key_all_the_same()
    {
        var letters = System.Text.Encoding.ASCII.GetBytes("ABCDEFGHIJKLMNO\u0001");
        Assert.Equal(new Guid(letters).ToString("D"), SourceAnchor.Read(new FakeRecord("x", ("key", letters)), "key"));
        Assert.Equal("E0017", SourceAnchor.Read(new FakeRecord("x", ("key", System.Text.Encoding.ASCII.GetBytes("E0017"))), "key"));
        Assert.Equal(Id, SourceAnchor.Read(new FakeRecord("x", ("key", Bytes)), "key"));
    }
}
