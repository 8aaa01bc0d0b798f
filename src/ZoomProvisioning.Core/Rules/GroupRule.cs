using ZoomProvisioning.Filter;

namespace ZoomProvisioning.Rules;

/// <summary>A Zoom group a rule puts people into.</summary>
public sealed class GroupRule
{
    /// <summary>Makes a group rule.</summary>
    /// <param name="name">The group's display name.</param>
    /// <param name="when">Who belongs into it; null for everybody in scope.</param>
    public GroupRule(string name, ScopeRule? when)
    {
        Name = name;
        When = when;
    }

    /// <summary>The group's display name.</summary>
    public string Name { get; }

    /// <summary>Who belongs into it; null for everybody in scope.</summary>
    public ScopeRule? When { get; }
}
