using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ZoomProvisioning.Input;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Filter;

/// <summary>Reads a filter text: 'or' binds weaker than 'and', and 'not' stands before parentheses.</summary>
internal sealed class FilterParser
{
    // Each level is a few frames of the stack; nobody nests by hand this deep.
    private const int MaxDepth = 100;

    // Each record is held against every one of them.
    private const int MaxComparisons = 10_000;

    private const int LongestWord = 200;

    private readonly string _text;
    private readonly string? _dateFormat;
    private int _position;
    private int _depth;
    private int _comparisons;

    public FilterParser(string text, string? dateFormat = null)
    {
        _text = text;
        _dateFormat = dateFormat;
    }

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="FilterSyntaxException">It is no filter.</exception>
    public FilterNode Parse()
    {
        SkipBlanks();
        if (AtEnd)
        {
            throw Mistake("the filter is empty", _position);
        }

        var root = ParseOr();
        SkipBlanks();
        if (!AtEnd)
        {
            throw Current == ')'
                ? Mistake("there is a ')' without its '('", _position)
                : Mistake($"'{Word()}' stands where only 'and' or 'or' can follow", _position);
        }

        return root;
    }

    private bool AtEnd => _position >= _text.Length;

    private char Current => _text[_position];

    private FilterNode ParseOr()
    {
        var parts = new List<FilterNode> { ParseAnd() };
        while (TakeWord("or"))
        {
            parts.Add(ParseAnd());
        }

        return parts.Count == 1 ? parts[0] : new OrNode(parts);
    }

    private FilterNode ParseAnd()
    {
        var parts = new List<FilterNode> { ParseTerm() };
        while (TakeWord("and"))
        {
            parts.Add(ParseTerm());
        }

        return parts.Count == 1 ? parts[0] : new AndNode(parts);
    }

    private FilterNode ParseTerm()
    {
        SkipBlanks();
        if (AtEnd)
        {
            throw Mistake("the filter ends where a comparison is expected, such as Department eq \"Sales\"", _position);
        }

        if (Current == '(')
        {
            return ParseGroup();
        }

        var start = _position;
        if (TakeWord("not"))
        {
            SkipBlanks();
            return !AtEnd && Current == '('
                ? new NotNode(ParseGroup())
                : throw Mistake("after 'not' a filter in parentheses is expected: not (Department eq \"Sales\")", start);
        }

        return ParseComparison();
    }

    private FilterNode ParseGroup()
    {
        var start = _position;
        if (++_depth > MaxDepth)
        {
            throw Mistake($"the parentheses are nested more than {MaxDepth} deep", start);
        }

        _position++;
        var inner = ParseOr();
        SkipBlanks();
        if (AtEnd || Current != ')')
        {
            throw AtEnd ? Mistake("this '(' has no ')'", start) : Mistake($"'{Word()}' stands where 'and', 'or' or ')' is expected", _position);
        }

        _position++;
        _depth--;
        return inner;
    }

    private ComparisonNode ParseComparison()
    {
        var start = _position;
        if (++_comparisons > MaxComparisons)
        {
            throw Mistake($"there are more than {MaxComparisons} comparisons; give those people a column or a group of their own and ask for that", start);
        }

        var property = TakeName();
        SkipBlanks();
        if (AtEnd)
        {
            throw Mistake($"after '{property}' a comparison is expected: {OperatorNames}", start);
        }

        var operatorStart = _position;
        if (Current == '[')
        {
            throw Mistake(
                "filters in brackets are for SCIM's own lists; of a record's several values one that fits is enough, so write it without",
                operatorStart);
        }

        var word = Word();
        if (!FilterOperators.ByName.TryGetValue(word, out var comparison))
        {
            throw Mistake($"'{word}' is no comparison{Meant(word)}. There are: {OperatorNames}", operatorStart);
        }

        _position += word.Length;
        if (comparison == FilterOperator.Present)
        {
            return new ComparisonNode(property, comparison, FilterLiteral.Null);
        }

        SkipBlanks();
        var literalStart = _position;
        var literal = TakeLiteral(word);
        if (comparison is not (FilterOperator.Equal or FilterOperator.NotEqual) && !literal.IsOrdered)
        {
            throw Mistake($"'{word.ToLowerInvariant()}' compares texts and numbers; true, false and null go with 'eq' and 'ne'", literalStart);
        }

        if (comparison is FilterOperator.GreaterThan or FilterOperator.GreaterOrEqual or FilterOperator.LessThan or FilterOperator.LessOrEqual
            && literal.IsUncertainDate)
        {
            throw Mistake("a date is written as \"2026-06-01\" here, or in the form the rule names (dateFormat)", literalStart);
        }

        return new ComparisonNode(property, comparison, literal);
    }

    private string TakeName()
    {
        var start = _position;
        while (!AtEnd && (char.IsLetterOrDigit(Current) || Current is '_' or '-' or '.' or ':' or '$'))
        {
            _position++;
        }

        var name = _text.Substring(start, _position - start);
        if (!name.Any(char.IsLetterOrDigit))
        {
            throw Mistake(!AtEnd && Current is '"' or '\''
                ? "a property's name is expected here, without quotes; blanks in it may be left out (FirstName finds 'First Name')"
                : $"'{Word()}' stands where a property's name is expected", start);
        }

        return FilterOperators.ByName.ContainsKey(name) && LooksLikeLiteral()
            ? throw Mistake($"before '{name}' a property's name is missing", start)
            : name;
    }

    // 'eq "Sales"' has lost its property; 'eq eq "Sales"' is one that is called so.
    private bool LooksLikeLiteral()
    {
        var next = _position;
        while (next < _text.Length && char.IsWhiteSpace(_text[next]))
        {
            next++;
        }

        return next < _text.Length && _text[next] is '"' or '\'';
    }

    private FilterLiteral TakeLiteral(string comparison)
    {
        if (AtEnd)
        {
            throw Mistake($"after '{comparison}' a value is expected: a text in quotes, a number, true, false or null", _position);
        }

        if (Current is '"' or '\'')
        {
            return FilterLiteral.Of(TakeText(Current), _dateFormat);
        }

        var word = Word();
        FilterLiteral? literal = word.ToUpperInvariant() switch
        {
            "TRUE" => FilterLiteral.Of(true),
            "FALSE" => FilterLiteral.Of(false),
            "NULL" => FilterLiteral.Null,
            _ => decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? FilterLiteral.Of(number) : null,
        };
        if (literal is null)
        {
            throw Mistake($"'{word}' must be in quotes: {comparison} \"{word}\"", _position);
        }

        _position += word.Length;
        return literal;
    }

    /// <summary>A text in double quotes as JSON writes it, or in single quotes, where only the quote itself is doubled.</summary>
    private string TakeText(char quote)
    {
        var start = _position++;
        var text = new StringBuilder();
        while (!AtEnd)
        {
            var character = _text[_position++];
            if (character == quote)
            {
                if (quote == '\'' && !AtEnd && Current == quote)
                {
                    _position++;
                    text.Append(quote);
                    continue;
                }

                return text.ToString();
            }

            text.Append(character == '\\' && quote == '"' ? TakeEscape() : character);
        }

        throw Mistake($"this text has no closing {quote}", start);
    }

    private char TakeEscape()
    {
        var start = _position - 1;
        var character = AtEnd ? '\0' : _text[_position++];
        switch (character)
        {
            case '"' or '\\' or '/':
                return character;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= _text.Length
                && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                throw Mistake(
                    "in double quotes a backslash stands before \\ \" / b f n r t or u with four digits; write \\\\ for a backslash, or use single quotes",
                    start);
        }
    }

    private bool TakeWord(string word)
    {
        SkipBlanks();
        var found = string.Equals(Word(), word, StringComparison.OrdinalIgnoreCase);
        if (found)
        {
            _position += word.Length;
        }

        return found;
    }

    /// <summary>What stands here, up to a blank, a parenthesis or a quote; nobody's word goes on for ever.</summary>
    private string Word()
    {
        var end = _position;
        while (end < _text.Length && end - _position < LongestWord && !char.IsWhiteSpace(_text[end]) && _text[end] is not ('(' or ')' or '"' or '\''))
        {
            end++;
        }

        return end == _position && !AtEnd ? _text.Substring(_position, 1) : _text.Substring(_position, end - _position);
    }

    private void SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(Current))
        {
            _position++;
        }
    }

    private static string OperatorNames => string.Join(", ", FilterOperators.ByName.Keys);

    private static string Meant(string word) =>
        FilterOperators.MeantBy(word) is { } known ? $" (did you mean {known}?)" : Spelling.Suggest(word, FilterOperators.ByName.Keys);

    private static FilterSyntaxException Mistake(string message, int position) => new(message, position);
}
