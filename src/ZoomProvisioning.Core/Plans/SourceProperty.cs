using System.Collections.Generic;

namespace ZoomProvisioning.Plans;

/// <summary>A property that a rule names, and whether the source has it.</summary>
/// <param name="Name">The name, as the rule writes it.</param>
/// <param name="IsPresent">Whether any record has it.</param>
/// <param name="IsFilled">Whether it has a value in any record.</param>
public sealed record SourceProperty(string Name, bool IsPresent, bool IsFilled)
{
    /// <summary>The attributes that come from it.</summary>
    public IReadOnlyList<ZoomAttribute> Attributes { get; init; } = [];

    /// <summary>Whether the rule's scope asks for it.</summary>
    public bool IsScope { get; init; }

    /// <summary>Whether it is the rule's anchor.</summary>
    public bool IsAnchor { get; init; }

    /// <summary>Whether groups are decided by it.</summary>
    public bool IsGroup { get; init; }
}
