namespace ZoomProvisioning.Simulator.State;

/// <summary>The names of schemas (fact sheet section 3 and 6.1). Users and groups spell Zoom's extension differently.</summary>
internal static class Schemas
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string ZoomUser = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";
    public const string Login = "urn:us:zoom:scim:schemas:extension:1.0:ZoomUser";
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    public const string ZoomGroup = "urn:ietf:params:scim:schemas:extension:zoom:2.0:Group";

    /// <summary>What the saved state adds to a user and Zoom never shows.</summary>
    public const string Simulator = "zoomSimulator";
}
