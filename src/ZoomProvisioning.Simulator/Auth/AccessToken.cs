using System;
using System.Linq;

namespace ZoomProvisioning.Simulator.Auth;

/// <summary>What is known of a token.</summary>
internal sealed record AccessToken(DateTimeOffset ExpiresAt, string[] Scopes, bool IsOfOtherGrant)
{
    /// <summary>The classic and the granular scope, either of which opens every SCIM operation (fact sheet 1.1).</summary>
    public bool OpensScim => Scopes.Contains("scim2") || Scopes.Contains("scim2:admin");
}
