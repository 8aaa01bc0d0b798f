using System;
using System.Globalization;

namespace ZoomProvisioning.Input;

/// <summary>Where the value of an attribute comes from, as an admin says with <c>-Mapping</c> or in a rule.</summary>
public sealed class AttributeSource
{
    private AttributeSource(string text) => Text = text;

    /// <summary>The name of a property of the record; null when it is something else.</summary>
    public string? Property { get; private init; }

    /// <summary>A text made of properties; null when it is something else.</summary>
    public ValueTemplate? Template { get; private init; }

    /// <summary>A function of the record, made from a scriptblock; null when it is something else.</summary>
    public Func<ISourceRecord, object?>? Script { get; private init; }

    /// <summary>The scriptblock's own text; null when it is something else or the text is not known.</summary>
    public string? ScriptText { get; private init; }

    /// <summary>Whether <see cref="Constant"/> is the source.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>The same value for every record.</summary>
    public object? Constant { get; private init; }

    /// <summary>The source in words, such as <c>property 'Mail'</c> or <c>constant 'Basic'</c>.</summary>
    public string Text { get; }

    /// <summary>Leaves the attribute out, even where the preset would map it.</summary>
    public static AttributeSource Nothing { get; } = new("nothing");

    /// <summary>What the preset of the record's shape says; for a rule that only says when the attribute is sent.</summary>
    public static AttributeSource Preset { get; } = new("the preset");

    /// <summary>A property of the record.</summary>
    public static AttributeSource FromProperty(string name) => new($"property '{name}'") { Property = name };

    /// <summary>The same value for every record.</summary>
    public static AttributeSource FromConstant(object? value) =>
        new(value is bool flag
            ? (flag ? "constant true" : "constant false")
            : $"constant '{ZoomAttribute.Display(value is Array many ? string.Join("; ", many as object[] ?? []) : value)}'")
        {
            IsConstant = true,
            Constant = value,
        };

    /// <summary>A text made of properties; a record that lacks one of them has no value.</summary>
    /// <exception cref="FormatException">The text is no template.</exception>
    public static AttributeSource FromTemplate(string template) => new($"template '{template}'") { Template = ValueTemplate.Parse(template) };

    /// <summary>A function of the record.</summary>
    /// <param name="script">The function.</param>
    /// <param name="text">The scriptblock's text, without braces.</param>
    public static AttributeSource FromScript(Func<ISourceRecord, object?> script, string? text = null) =>
        new(text is null ? "script" : string.Format(CultureInfo.InvariantCulture, "script {{ {0} }}", text.Trim())) { Script = script, ScriptText = text };

    /// <summary>The source in words.</summary>
    public override string ToString() => Text;
}
