using System;
using System.Collections.Generic;

namespace ZoomProvisioning.Simulator.State;

/// <summary>A user group. Its members are known here and shown to nobody (fact sheet 6.1). Changed only under the tenant's lock.</summary>
internal sealed class GroupRecord(string id)
{
    public string Id { get; } = id;

    public string DisplayName { get; set; } = "";

    public string? EmailAlias { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset LastModified { get; set; }

    /// <summary>Ids of the users in the group: the other side of <see cref="UserRecord.Groups"/>, kept by <see cref="Tenant"/>.</summary>
    public HashSet<string> MemberIds { get; } = new(StringComparer.Ordinal);
}
