using System;
using System.Linq;

namespace ZoomProvisioning.Simulator.Auth;

/// <summary>What is known of a token.</summary>
internal sealed record AccessToken(DateTimeOffset ExpiresAt, string[] Scopes, bool IsOfOtherGrant)
{
    /// <summary>Whether the token has one of these scopes, the classic and the granular ones of an operation (fact sheet 1.1).</summary>
    public bool HasOneOf(string[] scopes) => scopes.Any(scope => Scopes.Contains(scope));
}
