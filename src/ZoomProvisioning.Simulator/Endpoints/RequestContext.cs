using System;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>What a handler works with.</summary>
internal sealed class RequestContext(SimulatedRequest request, Tenant tenant, Behaviour behaviour, ConsistencyDelay consistency, DateTimeOffset now)
{
    public SimulatedRequest Request { get; } = request;

    public Tenant Tenant { get; } = tenant;

    public Behaviour Behaviour { get; } = behaviour;

    public ConsistencyDelay Consistency { get; } = consistency;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The decoded id of the path.</summary>
    public string Id { get; init; } = "";

    /// <summary>The body of a POST, PUT or PATCH: an object that is not empty.</summary>
    public JsonElement Body { get; init; }

    public SimulatedResponse Error(int status, string detail) => Replies.Scim(status, detail, Behaviour.Is(Switches.StatusField, "string"));

    public SimulatedResponse UserMissing() => Error(404, ZoomTexts.UserMissing);

    public SimulatedResponse GroupMissing() => Error(404, ZoomTexts.GroupMissing);
}
