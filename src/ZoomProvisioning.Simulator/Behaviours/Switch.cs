using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>One thing about the simulator that can be turned: its name, what it means, and which values it takes.</summary>
internal sealed class Switch
{
    private readonly string[]? _choices;
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly JsonValueKind _kind;
    private readonly string _default;

    private Switch(string name, string meaning, JsonValueKind kind, string defaultValue, string[]? choices, int minimum, int maximum)
    {
        Name = name;
        Meaning = meaning;
        _kind = kind;
        _default = defaultValue;
        _choices = choices;
        _minimum = minimum;
        _maximum = maximum;
    }

    public string Name { get; }

    public string Meaning { get; }

    /// <summary>The positions there are; empty for a text or a number.</summary>
    public string[] Choices => _choices ?? [];

    public JsonNode DefaultValue => ToNode(_default);

    /// <summary>A switch between named positions; the first one is the default.</summary>
    public static Switch Choice(string name, string meaning, params string[] choices) =>
        new(name, meaning, JsonValueKind.String, choices[0], choices, 0, 0);

    public static Switch Number(string name, string meaning, int defaultValue, int minimum, int maximum) =>
        new(name, meaning, JsonValueKind.Number, defaultValue.ToString(CultureInfo.InvariantCulture), null, minimum, maximum);

    public static Switch Text(string name, string meaning, string defaultValue) =>
        new(name, meaning, JsonValueKind.String, defaultValue, null, 0, 0);

    /// <summary>The value in the form the document keeps, or an error that says what is allowed. Null means the default.</summary>
    public JsonNode Read(JsonNode? value)
    {
        if (value is null)
        {
            return DefaultValue;
        }

        var text = value is JsonValue scalar ? scalar.ToString() : null;
        var valid = text is not null && (_kind == JsonValueKind.Number
            ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= _minimum && number <= _maximum
            : _choices is null || _choices.Contains(text));
        return valid ? ToNode(text!) : throw new ArgumentException($"The behaviour '{Name}' cannot be {value.ToJsonString()}. It takes {Allowed()}.");
    }

    private JsonValue ToNode(string text) =>
        _kind == JsonValueKind.Number ? JsonValue.Create(int.Parse(text, CultureInfo.InvariantCulture)) : JsonValue.Create(text);

    private string Allowed()
    {
        if (_kind == JsonValueKind.Number)
        {
            return string.Format(CultureInfo.InvariantCulture, "a number from {0} to {1}", _minimum, _maximum);
        }

        return _choices is null ? "a text" : "one of: " + string.Join(", ", _choices);
    }
}
