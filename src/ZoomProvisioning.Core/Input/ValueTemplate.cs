using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Input;

/// <summary>
/// A text with properties of the record in braces, such as <c>{GivenName}.{FamilyName}@example.com</c>. Doubled braces stand
/// for themselves.
/// </summary>
public sealed class ValueTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private ValueTemplate(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        _parts = parts;
        Properties = parts.Where(p => p.IsProperty).Select(p => p.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>The properties it asks for.</summary>
    public IReadOnlyList<string> Properties { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">A brace is missing, or a placeholder is empty.</exception>
    public static ValueTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is not ('{' or '}'))
            {
                literal.Append(character);
            }
            else if (i + 1 < text.Length && text[i + 1] == character)
            {
                literal.Append(character);
                i++;
            }
            else if (character == '}')
            {
                throw new FormatException($"the '}}' at character {i + 1} closes nothing; a brace that stands for itself is doubled");
            }
            else
            {
                var end = text.IndexOfAny(['{', '}'], i + 1);
                if (end < 0 || text[end] == '{')
                {
                    throw new FormatException($"the '{{' at character {i + 1} is not closed; a brace that stands for itself is doubled");
                }

                var name = text.Substring(i + 1, end - i - 1).Trim();
                if (!name.Any(char.IsLetterOrDigit))
                {
                    throw new FormatException($"the placeholder at character {i + 1} names no property");
                }

                AddLiteral(parts, literal);
                parts.Add(new Part(name, true));
                i = end;
            }
        }

        AddLiteral(parts, literal);
        return parts.Any(p => p.IsProperty)
            ? new ValueTemplate(text, parts)
            : throw new FormatException("there is no {Property} in it; use a constant for a text that is always the same");
    }

    /// <summary>The text for a record; null when one of its properties has no value there.</summary>
    /// <param name="read">The value of a property; null when there is none.</param>
    internal string? Fill(Func<string, object?> read)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            var piece = part.IsProperty ? SourceValue.ToText(read(part.Text)) : part.Text;
            if (piece is null)
            {
                return null;
            }

            text.Append(piece);
        }

        return text.ToString();
    }

    /// <summary>The template as it was written.</summary>
    public override string ToString() => Text;

    private static void AddLiteral(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Part(literal.ToString(), false));
            literal.Clear();
        }
    }

    private readonly record struct Part(string Text, bool IsProperty);
}
