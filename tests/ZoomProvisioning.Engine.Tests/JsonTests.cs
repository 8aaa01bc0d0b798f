using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Tests;

public sealed class JsonTests
{
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"a":null,"b":"","c":[],"d":{},"e":true,"f":false}""")]
    [InlineData("""{"zoomOneEdu":576460752303423488,"max":9223372036854775807,"min":-9223372036854775808}""")]
    [InlineData("""{"over":9223372036854775808,"frac":1.50,"exp":1e3,"exp2":1E+10,"minus":-0,"big":123456789012345678901234567890.1234567890}""")]
    [InlineData("""{"unknown":{"deep":[{"x":[1,[2,["ü","日本"]]]}]},"urn:ietf:params:scim:schemas:extension:zoom:1.0:User":{"new":"1"}}""")]
    [InlineData("""{"text":"quote \" backslash \\ slash / plus + newline \n"}""")]
    public void What_is_read_is_written_again(string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(ScimJsonWriter.Write(Parse(json))));

    [Fact]
    public void An_emoji_comes_back_though_the_writer_escapes_it() =>
        Assert.Equal("😀", ScimJsonReader.Parse(ScimJsonWriter.Write(new ScimObject { ["a"] = "😀" }))["a"]);

    [Fact]
    public void Whole_numbers_are_plain_numbers_and_others_keep_their_literal()
    {
        var read = Parse("""{"a":42,"b":42.0,"c":-0,"d":18446744073709551615}""");
        Assert.Equal(42L, read["a"]);
        Assert.Equal(new ScimNumber("42.0"), read["b"]);
        Assert.Equal(new ScimNumber("-0"), read["c"]);
        Assert.Equal(new ScimNumber("18446744073709551615"), read["d"]);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"a":1}{"b":2}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{'a':1}""")]
    [InlineData("""{"a":1 // comment""")]
    [InlineData("")]
    [InlineData("{\"a\":\"")]
    public void What_is_not_a_json_object_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Parse(json));

    [Fact]
    public void Deep_nesting_is_refused_and_does_no_harm() =>
        Assert.ThrowsAny<JsonException>(() => Parse("{\"a\":" + new string('[', 100_000)));

    [Fact]
    public void Values_a_script_put_in_are_written_if_json_has_a_place_for_them()
    {
        var value = new ScimObject
        {
            ["int"] = 5,
            ["decimal"] = 1.50m,
            ["array"] = new[] { "a", "b" },
            ["table"] = new Hashtable { ["x"] = 1 },
        };
        Assert.Equal(
            """{"int":5,"decimal":1.50,"array":["a","b"],"table":{"x":1}}""",
            Encoding.UTF8.GetString(ScimJsonWriter.Write(value)));
        var error = Assert.Throws<ScimRecordException>(() => ScimJsonWriter.Write(new ScimObject { ["when"] = DateTime.Now }));
        Assert.Contains("when", error.Message);
    }

    [Fact]
    public void German_commas_do_not_get_in()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("""{"n":1.5}""", Encoding.UTF8.GetString(ScimJsonWriter.Write(new ScimObject { ["n"] = 1.5m })));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Property(Arbitrary = [typeof(Resources)], MaxTest = 300, Replay = "20260105,7")]
    public bool Any_resource_comes_back_as_it_was(ScimObject resource) =>
        ScimObject.ValueEquals(resource, ScimJsonReader.Parse(ScimJsonWriter.Write(resource)));

    private static ScimObject Parse(string json) => ScimJsonReader.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Makes resources of every kind of value.</summary>
    public static class Resources
    {
        public static Arbitrary<ScimObject> Resource() => Arb.From(Object(3));

        private static Gen<string> Name => Gen.Elements("userName", "name", "urn:x:y", "Größe", "a b", "\"q\"", "zoomOneEdu");

        private static Gen<string> Text => ArbMap.Default.GeneratorFor<NonNull<string>>()
            .Select(text => text.Get)
            .Where(text => !text.Any(char.IsSurrogate));

        private static Gen<object?> Value(int depth)
        {
            var simple = new List<Gen<object?>>
            {
                Gen.Constant<object?>(null),
                Text.Select(text => (object?)text),
                ArbMap.Default.GeneratorFor<bool>().Select(flag => (object?)flag),
                ArbMap.Default.GeneratorFor<long>().Select(number => (object?)number),
                Gen.Elements<object?>(new ScimNumber("1.50"), new ScimNumber("-0"), new ScimNumber("1e400"), new ScimNumber("9223372036854775808")),
            };
            if (depth > 0)
            {
                simple.Add(Object(depth - 1).Select(o => (object?)o));
                simple.Add(Value(depth - 1).ListOf().Select(items => (object?)new ArrayList(items.Take(5).ToArray())));
            }

            return Gen.OneOf(simple);
        }

        private static Gen<ScimObject> Object(int depth) => Gen.Zip(Name, Value(depth)).ListOf().Select(members =>
        {
            var result = new ScimObject();
            foreach (var (name, value) in members.Take(6))
            {
                result[name] = value;
            }

            return result;
        });
    }
}
