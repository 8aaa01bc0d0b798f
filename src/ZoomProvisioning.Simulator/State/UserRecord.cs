using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// A user as the account holds it. Never changed, only replaced, so a reply can be written from it without a lock.
/// </summary>
internal sealed record UserRecord
{
    public static readonly IReadOnlyDictionary<string, JsonElement> NoExtension = new Dictionary<string, JsonElement>();

    /// <summary>The place in the order of creation, which is the order of lists.</summary>
    public long Sequence { get; init; }

    public string Id { get; init; } = "";

    /// <summary>The address: userName and e-mail are one thing in Zoom.</summary>
    public string UserName { get; init; } = "";

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public string? DisplayName { get; init; }

    public bool Active { get; init; } = true;

    public string UserType { get; init; } = UserTypes.Basic;

    public string? Title { get; init; }

    public string? Locale { get; init; }

    public IReadOnlyList<PhoneNumber> PhoneNumbers { get; init; } = [];

    /// <summary>Role names, the primary one first.</summary>
    public IReadOnlyList<string> RoleNames { get; init; } = [Roles.Member];

    /// <summary>Groups, the primary one first.</summary>
    public IReadOnlyList<GroupRecord> Groups { get; init; } = [];

    public string? Department { get; init; }

    public string? Organization { get; init; }

    public string? CostCenter { get; init; }

    public string? EmployeeNumber { get; init; }

    public string? Manager { get; init; }

    /// <summary>The Zoom extension: licences, plans, phone and profile attributes by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extension { get; init; } = NoExtension;

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset LastModified { get; init; }

    /// <summary>A Zoom Room, which can neither be Basic nor be activated or deactivated.</summary>
    public bool IsRoom { get; init; }

    /// <summary>Switched off by Zoom itself, for billing for instance; nobody can activate it.</summary>
    public bool IsForceInactive { get; init; }

    public bool IsAdmin => RoleNames.Contains(Roles.Owner) || RoleNames.Contains(Roles.Admin);

    /// <summary>The colleague who gets the data when this user is deactivated or deleted (fact sheet 3.6), or null.</summary>
    public string? Transferee =>
        Extension.TryGetValue(ZoomAttributes.Transferee, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A phone number with its label.</summary>
internal sealed record PhoneNumber(string Type, string Value);
