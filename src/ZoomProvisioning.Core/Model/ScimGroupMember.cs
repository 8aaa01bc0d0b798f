namespace ZoomProvisioning;

/// <summary>A member of a group, as Zoom's v2 API tells it (<c>GET /v2/groups/{groupId}/members</c>): SCIM tells none.</summary>
public sealed class ScimGroupMember
{
    /// <summary>Wraps a member received from Zoom.</summary>
    public ScimGroupMember(ScimObject attributes) => Attributes = attributes;

    /// <summary>Everything Zoom sent of this member, under the v2 API's own names.</summary>
    public ScimObject Attributes { get; }

    /// <summary>The user's Zoom id, the same one as in SCIM.</summary>
    public string? Id => Attributes.Text("id");

    /// <summary>The user's mail address, which is the sign-in name as well.</summary>
    public string? Email => Attributes.Text("email");

    /// <summary>First name.</summary>
    public string? GivenName => Attributes.Text("first_name");

    /// <summary>Last name.</summary>
    public string? FamilyName => Attributes.Text("last_name");

    /// <summary>The address, or the id.</summary>
    public override string ToString() => Email ?? Id ?? "(member without an address)";
}
