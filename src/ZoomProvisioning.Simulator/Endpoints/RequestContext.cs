using System;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>What a handler works with.</summary>
internal sealed class RequestContext(
    SimulatedRequest request, Tenant tenant, Behaviour behaviour, ConsistencyDelay consistency, DeletionLocks deletions, DateTimeOffset now)
{
    public SimulatedRequest Request { get; } = request;

    public Tenant Tenant { get; } = tenant;

    public Behaviour Behaviour { get; } = behaviour;

    public ConsistencyDelay Consistency { get; } = consistency;

    public DeletionLocks Deletions { get; } = deletions;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The decoded id of the path.</summary>
    public string Id { get; init; } = "";

    /// <summary>The body of a POST, PUT or PATCH: an object that is not empty.</summary>
    public JsonElement Body { get; init; }

    public SimulatedResponse Error(int status, string detail) => Replies.Scim(status, detail, Behaviour.Is(Switches.StatusField, "string"));

    /// <summary>Whether the body's schemas name what the documentation has there, where that is checked at all (fact sheet 10.17).</summary>
    public bool HasDocumentedSchema(string schema) =>
        Behaviour.Is(Switches.PatchSchemas, "unchecked")
        || (Body.TryGetProperty("schemas", out var schemas)
            && schemas.ValueKind == JsonValueKind.Array
            && schemas.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == schema));

    public SimulatedResponse UserMissing() => Error(404, ZoomTexts.UserMissing);

    public SimulatedResponse GroupMissing() => Error(404, ZoomTexts.GroupMissing);
}
