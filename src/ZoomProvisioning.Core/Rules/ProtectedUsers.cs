using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>Who a rule never touches. Owners and admins always belong to it: Zoom lets nobody deactivate them over SCIM either.</summary>
public sealed class ProtectedUsers
{
    private readonly HashSet<string> _exact;
    private readonly List<Wildcard> _wildcards;
    private readonly Func<string, bool> _isProtectedRole;

    /// <summary>Makes the list.</summary>
    /// <param name="users">Zoom ids, mail addresses, or addresses with <c>*</c> and <c>?</c>.</param>
    /// <param name="roles">Names of roles besides Owner and Admin.</param>
    public ProtectedUsers(IReadOnlyList<string>? users = null, IReadOnlyList<string>? roles = null)
    {
        Users = users ?? [];
        Roles = roles ?? [];
        _exact = new HashSet<string>(Users.Where(u => !IsWildcard(u)), StringComparer.OrdinalIgnoreCase);
        _wildcards = Users.Where(IsWildcard).Select(u => new Wildcard(u)).ToList();
        _isProtectedRole = new HashSet<string>(Roles.Concat(ZoomRoles.Protected), StringComparer.OrdinalIgnoreCase).Contains;
    }

    /// <summary>Zoom ids, mail addresses, and addresses with wildcards.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>Names of roles besides Owner and Admin.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>Why somebody is protected; null when nobody is.</summary>
    /// <param name="userName">The address wanted or held.</param>
    /// <param name="user">The user as Zoom has it; null when there is none.</param>
    public string? ReasonFor(string? userName, ScimUser? user)
    {
        var held = user?.UserName;
        return ReasonForName(userName)
            ?? (string.Equals(held, userName, StringComparison.Ordinal) ? null : ReasonForName(held))
            ?? (user?.Id is { } id && _exact.Contains(id) ? $"protected by the rule ('{id}')" : null)
            ?? (user is not null && ZoomRoles.IsTold(user) && user.FindRole(_isProtectedRole) is { } role
                ? $"has the role '{role}', whose holders are never touched"
                : null);
    }

    /// <summary>Whether a name is one of the list, or fits a pattern of it.</summary>
    internal bool Fits(string name) => ReasonForName(name) is not null;

    /// <summary>Whether the rule itself names somebody, and not only Zoom's roles for admins and owners.</summary>
    /// <param name="userName">The address wanted or held.</param>
    /// <param name="user">The user as Zoom has it; null when there is none.</param>
    public bool Names(string? userName, ScimUser? user) =>
        ReasonForName(userName) is not null || ReasonForName(user?.UserName) is not null
        || (user?.Id is { } id && _exact.Contains(id))
        || (user is not null && ZoomRoles.IsTold(user) && user.Roles.Any(r => Roles.Contains(r, StringComparer.OrdinalIgnoreCase)));

    private string? ReasonForName(string? name) =>
        name is null ? null
        : _exact.Contains(name) ? $"protected by the rule ('{name}')"
        : _wildcards.Count > 0 && _wildcards.Exists(w => w.Fits(name)) ? $"protected by the rule (a pattern that fits '{name}')"
        : null;

    private static bool IsWildcard(string text) => text.IndexOfAny(['*', '?']) >= 0;
}
