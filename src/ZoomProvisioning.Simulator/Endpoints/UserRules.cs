using System;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;

namespace ZoomProvisioning.Simulator.Endpoints;

/// <summary>Business rules that more than one user operation obeys.</summary>
internal static class UserRules
{
    private const int AddressLimit = 128;

    public static bool IsAddress(string text)
    {
        var at = text.IndexOf("@", StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && text.Length <= AddressLimit
            && text.IndexOf('.', at) > at + 1
            && !text.EndsWith(".", StringComparison.Ordinal)
            && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '"' or '<' or '>' or ',' or ';');
    }

    /// <summary>The refusal for a plan that does not exist or a seat that is not there (fact sheet 4.1), or null.</summary>
    public static SimulatedResponse? RefuseLicence(RequestContext context, UserRecord? old, UserRecord updated)
    {
        var code = Licences.UnitedCode(updated);
        if (code is not null && code != (old is null ? null : Licences.UnitedCode(old)) && !Licences.IsUnitedCode(code))
        {
            return context.Error(409, ZoomTexts.UnitedPlanInvalid);
        }

        return context.Tenant.MissingSeat(old, updated) switch
        {
            null => null,
            Licences.BasicPool when old is not null => null,
            Licences.BasicPool => context.Error(409, ZoomTexts.BasicLimitOnAdd(context.Tenant.Account.MaxBasicUsers)),
            var pool => context.Error(409, Licences.TextFor(pool)),
        };
    }

    /// <summary>The refusal of userType and a plan in one request, where that switch is on (fact sheet 3.3), or null.</summary>
    public static SimulatedResponse? RefuseTypeWithPlan(RequestContext context)
    {
        var isBoth = context.Behaviour.Is(Switches.TypeWithPlan, "rejected")
            && context.Body.TryGetProperty("userType", out _)
            && context.Body.TryGetProperty(Schemas.ZoomUser, out var zoom)
            && zoom.ValueKind == JsonValueKind.Object
            && zoom.EnumerateObject().Any(attribute => ZoomAttributes.Plans.Contains(attribute.Name));
        return isBoth ? context.Error(400, ZoomTexts.TypeAndPlan) : null;
    }

    /// <summary>The user without licences and access; a transferee gets the data (fact sheet 4.4).</summary>
    public static UserRecord Deactivate(RequestContext context, UserRecord user)
    {
        RecordTransfer(context, user, "deactivate");
        return Licences.Strip(user, context.Behaviour.Is(Switches.DeactivateUserType, "Basic")) with { Active = false, LastModified = context.Now };
    }

    public static void RecordTransfer(RequestContext context, UserRecord user, string action)
    {
        if (user.Transferee is { } transferee)
        {
            context.Tenant.Transfers.Add(new Transfer(user.UserName, transferee, action, context.Now));
        }
    }
}
