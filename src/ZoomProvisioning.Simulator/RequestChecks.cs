using System;
using System.Globalization;
using ZoomProvisioning.Simulator.Auth;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Endpoints;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Rates;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator;

/// <summary>What Zoom checks of a request before it carries it out, in the order of section 9 of the fact sheet.</summary>
internal sealed class RequestChecks(
    MovableClock clock, TokenStore tokens, TokenEndpoint tokenEndpoint, RateBuckets rates, ConsistencyDelay consistency, DeletionLocks deletions)
{
    /// <summary>Answers a request, with the fault that strikes it.</summary>
    public SimulatedResponse Answer(SimulatedRequest request, Tenant tenant, Behaviour behaviour, Fault? fault, bool isToken)
    {
        if (fault is null)
        {
            return Process(request, tenant, behaviour, isToken);
        }

        switch (fault.Kind)
        {
            case Fault.TokenExpired:
                tokens.Expire(request.Authorization, clock.UtcNow);
                return Process(request, tenant, behaviour, isToken);
            case Fault.TokenRevoked:
                tokens.Revoke(request.Authorization);
                return Process(request, tenant, behaviour, isToken);
            case Fault.Slow:
                return Process(request, tenant, behaviour, isToken);
            case Fault.Truncate:
            case Fault.ContentTypeFault:
                return FaultReply.Spoil(fault, Process(request, tenant, behaviour, isToken));
            default:
                if (fault.CarriedOut)
                {
                    Process(request, tenant, behaviour, isToken);
                }

                return FaultReply.Instead(fault);
        }
    }

    private SimulatedResponse Process(SimulatedRequest request, Tenant tenant, Behaviour behaviour, bool isToken)
    {
        var now = clock.UtcNow;
        if (isToken && request.Method == "POST")
        {
            return tokenEndpoint.Handle(request, behaviour, tenant.Account.Id, now);
        }

        if (Router.Find(request.Method, request.Path, behaviour) is not { } route)
        {
            return Replies.Gateway(404, 2300, ZoomTexts.UnknownEndpoint);
        }

        if (RefuseToken(request, route.Operation, behaviour, now) is { } refusal)
        {
            return refusal;
        }

        var decision = rates.Take(behaviour, route.Operation.Name, route.Operation.Label, now);
        var reply = decision.Allowed ? Carry(request, tenant, behaviour, route.Operation, route.Id, now) : RateReply.Refuse(behaviour, decision, now);
        RateReply.AddHeaders(reply, behaviour, decision, route.Operation.Label);
        return reply;
    }

    private SimulatedResponse? RefuseToken(SimulatedRequest request, Operation operation, Behaviour behaviour, DateTimeOffset now)
    {
        if (tokens.Find(request.Authorization) is not { } token)
        {
            if (TokenStore.IsAbsent(request.Authorization) && !behaviour.Is(Switches.NoTokenReply, "401-124"))
            {
                return Refuse(behaviour.Text(Switches.NoTokenReply), ZoomTexts.NoToken);
            }

            return behaviour.Is(Switches.InvalidTokenReply, "status-false")
                ? Replies.StatusFalse(401)
                : Replies.Gateway(401, 124, ZoomTexts.InvalidToken);
        }

        if (token.IsOfOtherGrant)
        {
            return Replies.Gateway(400, 200, ZoomTexts.OtherGrantToken);
        }

        if (token.ExpiresAt <= now)
        {
            return Replies.Gateway(401, 124, ZoomTexts.ExpiredToken);
        }

        return token.HasOneOf(operation.Scopes) ? null : Refuse(behaviour.Text(Switches.MissingScope), ZoomTexts.MissingScopes(operation.NamedScopes));
    }

    // The switches write an HTTP status and Zoom's own code as one word, such as 400-4711.
    private static SimulatedResponse Refuse(string statusAndCode, string text)
    {
        var parts = statusAndCode.Split('-');
        return Replies.Gateway(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), text);
    }

    private SimulatedResponse Carry(
        SimulatedRequest request, Tenant tenant, Behaviour behaviour, Operation operation, string id, DateTimeOffset now)
    {
        var context = new RequestContext(request, tenant, behaviour, consistency, deletions, now);
        if (operation.IsUsers && behaviour.Is(Switches.SingleSignOn, "off"))
        {
            return context.Error(400, ZoomTexts.NoSingleSignOn);
        }

        if (!behaviour.Permits(operation.Permission))
        {
            // Listing users has a sentence of its own (fact sheet 4.6).
            var isUserList = operation is { IsUsers: true, HasId: false, Method: "GET" };
            return context.Error(403, isUserList ? ZoomTexts.ListUsersDenied : ZoomTexts.Denied(operation.Permission));
        }

        var body = default(System.Text.Json.JsonElement);
        if (operation.TakesBody)
        {
            body = BodyReader.Read(request, behaviour, out var complaint);
            if (complaint is not null)
            {
                return RefuseBody(context, complaint);
            }
        }

        return operation.Handle(new RequestContext(request, tenant, behaviour, consistency, deletions, now) { Id = id, Body = body });
    }

    private static SimulatedResponse RefuseBody(RequestContext context, string complaint)
    {
        if (context.Behaviour.Is(Switches.BodyErrors, "scim"))
        {
            return context.Error(400, complaint);
        }

        return Replies.Gateway(400, 300, complaint == ZoomTexts.NotJson ? ZoomTexts.BodyNotJson : ZoomTexts.ValidationFailed);
    }
}
