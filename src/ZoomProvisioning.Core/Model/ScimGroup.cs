using System;
using System.Collections.Generic;
using System.Globalization;

namespace ZoomProvisioning;

/// <summary>
/// A Zoom user group as a SCIM resource (Zoom's SCIM2 OpenAPI, Groups). SCIM never tells who is in it;
/// <see cref="Members"/> comes from Zoom's other API and only when it was asked for.
/// </summary>
public sealed class ScimGroup
{
    /// <summary>Wraps a group received from Zoom.</summary>
    /// <param name="attributes">The resource, as received; kept, not copied.</param>
    public ScimGroup(ScimObject attributes) => Attributes = attributes;

    /// <summary>Everything Zoom sent of this group, under SCIM's own names.</summary>
    public ScimObject Attributes { get; }

    /// <summary>Zoom's id of the group: about 22 characters, may contain <c>&amp; - _ / + =</c>. Never changes.</summary>
    public string? Id => Attributes.Text("id");

    /// <summary>The group's name, which is unique in the account.</summary>
    public string? DisplayName => Attributes.Text("displayName");

    /// <summary>The group's mail address, from Zoom's group extension; null when it has none.</summary>
    public string? EmailAlias => Attributes.Complex(ScimSchemas.ZoomGroup)?.Text("emailAlias");

    /// <summary>When Zoom made the group (UTC), or null when it did not say.</summary>
    public DateTimeOffset? Created => Time("created");

    /// <summary>When the group was last changed in Zoom (UTC), or null when it did not say.</summary>
    public DateTimeOffset? LastModified => Time("lastModified");

    /// <summary>Who is in the group; null when that was not asked for or could not be read.</summary>
    public IReadOnlyList<ScimGroupMember>? Members { get; internal set; }

    /// <summary>The name, or the id.</summary>
    public override string ToString() => DisplayName ?? Id ?? "(group without a name)";

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Attributes.Complex("meta")?.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
