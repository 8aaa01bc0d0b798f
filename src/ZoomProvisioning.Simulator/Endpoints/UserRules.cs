using System;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.State;
using ZoomProvisioning.Simulator.Texts;

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

    /// <summary>The refusal of an address whose domain is not the account's.</summary>
    public static SimulatedResponse ForeignDomain(RequestContext context) => context.Error(
        409, context.Behaviour.Is(Switches.DomainText, "managed") ? ZoomTexts.UnmanagedDomain : ZoomTexts.ForeignDomain);

    /// <summary>The first of the body's addresses, or null.</summary>
    public static string? FirstEmail(JsonElement body) =>
        body.TryGetProperty("emails", out var emails)
        && emails.ValueKind == JsonValueKind.Array
        && emails.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
        && first.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } address ? address : null;

    /// <summary>The refusal of a user type or a name that v2's rules forbid, where those switches are on (3.3, 3.7), or null.</summary>
    public static SimulatedResponse? RefuseProfile(RequestContext context, UserRecord? old, UserRecord updated)
    {
        var refused = context.Behaviour.Text(Switches.RefusedUserTypes).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (context.Body.TryGetProperty("userType", out var type)
            && type.ValueKind == JsonValueKind.String && refused.Contains(type.GetString(), StringComparer.OrdinalIgnoreCase))
        {
            // Nobody has published the sentence (12.2).
            return context.Error(400, ZoomTexts.ValidationFailed);
        }

        if (updated.UserType == UserTypes.OnPrem && old?.UserType != UserTypes.OnPrem && context.Behaviour.Is(Switches.OnPrem, "disabled"))
        {
            return context.Error(400, ZoomTexts.NoOnPrem);
        }

        var words = context.Behaviour.Text(Switches.ForbiddenWords).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var forbidden = new[] { updated.GivenName, updated.FamilyName, updated.DisplayName }.OfType<string>()
            .FirstOrDefault(name => words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0));
        return forbidden is null ? null : context.Error(400, ZoomTexts.ForbiddenWord(forbidden));
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
            && zoom.EnumerateObject().Any(attribute => ExtensionAttributes.Plans.Contains(attribute.Name));
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
