using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning.Plans;

/// <summary>What a source record, or an admin's parameters, want a user to be.</summary>
public sealed record DesiredUser
{
    /// <summary>Makes a wish.</summary>
    /// <param name="values">The attributes wanted; only those set count.</param>
    public DesiredUser(ScimUser values) => Values = values;

    /// <summary>The attributes wanted; only <see cref="ScimUser.ChangedAttributes"/> count.</summary>
    public ScimUser Values { get; init; }

    /// <summary>The Zoom id of the user meant, when the source knows it.</summary>
    public string? ZoomId { get; init; }

    /// <summary>The present sign-in name of the user meant, when it differs from the one wanted (a rename).</summary>
    public string? CurrentUserName { get; init; }

    /// <summary>The record this came from; null when it came from parameters.</summary>
    public object? Source { get; init; }

    /// <summary>The source's own key of the person, which outlives a rename; null where the rule has none.</summary>
    public string? Anchor { get; init; }

    /// <summary>The names of the groups the rule wants the person in.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What to call it in messages: a user name, or the row's number.</summary>
    public string Label { get; init; } = string.Empty;

    /// <summary>What was changed or doubted while reading.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The manager as the source has it, where that is no mail address: to be looked up in the source.</summary>
    internal string? ManagerKey { get; set; }

    /// <summary>Whether <c>Active</c> was asked for by a parameter, not just read from a record.</summary>
    public bool ActiveIsExplicit { get; init; }

    /// <summary>The sign-in name by which the user is looked up.</summary>
    public string? LookupName => CurrentUserName ?? Values.UserName;

    /// <summary>The same wish, with what a rule says about the person.</summary>
    internal DesiredUser Under(string? anchor, IReadOnlyList<string> groups) => this with { Anchor = anchor, Groups = groups };

    /// <summary>Whether it is this very wish.</summary>
    public bool Equals(DesiredUser? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
