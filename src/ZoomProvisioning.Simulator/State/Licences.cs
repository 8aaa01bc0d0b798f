using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Simulator.Texts;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// Which seats a user takes, and what Zoom says when there are none left (fact sheet 4.1). A seat belongs to a pool: the
/// total of one plan where the account has such a total, else the account's paid users.
/// </summary>
internal static class Licences
{
    public const string PaidPool = "paid";
    public const string BasicPool = "basic";

    /// <summary>The pool of the Pro-United codes, sold as Workplace Pro Plus today (INF: no attribute of that name is documented).</summary>
    public const string ProPlusPool = "zoomWorkplaceProPlus";

    private const string United = "zoomUnited";

    private static readonly HashSet<string> ProUnitedCodes = new(["1", "2", "4", "8", "16", "32768"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> PoolTexts = new(StringComparer.Ordinal)
    {
        [PaidPool] = ZoomTexts.NoPaidSeat,
        [United] = ZoomTexts.NoUnited,
        ["zoomOneBizPlus"] = ZoomTexts.NoBusinessPlus,
        ["zoomOneEntPremier"] = ZoomTexts.NoEnterprisePremier,
        ["zoomOneSchoolCampusPlus"] = ZoomTexts.NoSchoolCampusPlus,
        ["zoomOneEduEntPremier"] = ZoomTexts.NoEduEnterprisePremier,
        ["zoomOneEdu"] = ZoomTexts.NoEduEnterpriseStudent,
        [ProPlusPool] = ZoomTexts.NoProPlus,
    };

    /// <summary>The plans an account can have a total for.</summary>
    public static IEnumerable<string> PlanPools => PoolTexts.Keys.Where(pool => pool != PaidPool);

    public static string TextFor(string pool) => PoolTexts[pool];

    /// <summary>zoomUnited has the 18 codes 1, 2, 4 … 131072 and no other.</summary>
    public static bool IsUnitedCode(string code) =>
        int.TryParse(code, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value)
        && value is > 0 and <= 131_072 && (value & (value - 1)) == 0;

    public static string? UnitedCode(UserRecord user) => Code(user, United);

    public static bool HasPlan(UserRecord user) => ExtensionAttributes.Plans.Any(plan => Code(user, plan) is not null);

    /// <summary>The pools a user takes a seat of. A deactivated user takes none (fact sheet 4.4).</summary>
    public static IEnumerable<string> PoolsOf(UserRecord user, Account account)
    {
        if (!user.Active)
        {
            yield break;
        }

        var ownPool = false;
        foreach (var plan in user.Extension.Keys)
        {
            if (ExtensionAttributes.Plans.Contains(plan) && Code(user, plan) is { } code && PoolOf(plan, code, account) is { } pool)
            {
                ownPool = true;
                yield return pool;
            }
        }

        if (!ownPool && (UserTypes.IsPaid(user.UserType) || HasPlan(user)))
        {
            yield return PaidPool;
        }
        else if (user.UserType == UserTypes.Basic && !ownPool)
        {
            yield return BasicPool;
        }
    }

    public static int TotalOf(string pool, Account account) => pool switch
    {
        PaidPool => account.PaidSeats,
        BasicPool => account.MaxBasicUsers,
        _ => account.PlanSeats[pool],
    };

    /// <summary>The user without any licence, as deactivation leaves it: profile and custom attributes stay.</summary>
    public static UserRecord Strip(UserRecord user, bool toBasic) => user with
    {
        UserType = toBasic ? UserTypes.Basic : user.UserType,
        Extension = user.Extension.Where(pair => ExtensionAttributes.Profile.Contains(pair.Key) || !ExtensionAttributes.Knows(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
    };

    private static string? PoolOf(string plan, string code, Account account)
    {
        if (plan == United && ProUnitedCodes.Contains(code) && account.PlanSeats.ContainsKey(ProPlusPool))
        {
            return ProPlusPool;
        }

        return account.PlanSeats.ContainsKey(plan) ? plan : null;
    }

    private static string? Code(UserRecord user, string plan) =>
        user.Extension.TryGetValue(plan, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } code ? code : null;
}
