using System;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Rates;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>One of the 11 operations of Zoom's SCIM2 API (fact sheet 1.1), or the one of its v2 API that is here (6.3).</summary>
/// <param name="Name">A name for the legacy rate rule, which counts by endpoint.</param>
/// <param name="Resource"><c>Users</c> or <c>Groups</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="HasId">Whether the path ends in an id.</param>
/// <param name="Label">Its weight.</param>
/// <param name="Permission">The role permission it needs.</param>
/// <param name="Handle">What it does once every general check has passed.</param>
internal sealed record Operation(
    string Name,
    string Resource,
    string Method,
    bool HasId,
    RateLabel Label,
    string Permission,
    Func<RequestContext, SimulatedResponse> Handle)
{
    /// <summary>The scopes that open it; one is enough.</summary>
    public string[] Scopes { get; init; } = ["scim2:admin", "scim2"];

    /// <summary>The scopes Zoom names when the token has none of them (fact sheet 4.6).</summary>
    public string NamedScopes { get; init; } = "scim2:admin";

    public bool TakesBody => Method is "POST" or "PUT" or "PATCH";

    public bool IsUsers => Resource == "Users";
}
