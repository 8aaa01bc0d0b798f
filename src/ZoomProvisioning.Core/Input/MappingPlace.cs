using System;

namespace ZoomProvisioning.Input;

/// <summary>Where the admin says how attributes map, so that advice names the place he can change.</summary>
internal sealed class MappingPlace
{
    private readonly Func<string, string> _example;

    private MappingPlace(string name, Func<string, string> example)
    {
        Name = name;
        _example = example;
    }

    /// <summary>The parameter of a command.</summary>
    public static MappingPlace Parameter { get; } = new("-Mapping", pair => $"-Mapping @{{ {pair} }}");

    /// <summary>The attributes of a rule.</summary>
    public static MappingPlace Rule { get; } = new("the rule's attributes", pair => $"{pair} among the rule's attributes");

    /// <summary>A file that is read without a rule: only a rule says more than its headings do.</summary>
    public static MappingPlace Headings { get; } = new("a rule (--rule)", pair => $"{pair} among the attributes of a rule (--rule)");

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How a mapping is written there.</summary>
    /// <param name="pair">The mapping in PowerShell's words, such as <c>UserName = 'Email'</c>.</param>
    public string Example(string pair) => _example(pair);
}
