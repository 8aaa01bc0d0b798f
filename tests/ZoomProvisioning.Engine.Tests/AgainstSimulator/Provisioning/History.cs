using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>One person as the directory really has it.</summary>
public sealed record Colleague(int Who, int Name, string Family, bool Active, string Type, string Department)
{
    public string Address => $"person{Who}.{Name}@example.com";

    public string Number => $"{Who + 1:0000}";
}

/// <summary>What becomes of the directory between two runs, rightly.</summary>
public enum Event
{
    Nothing,
    Joins,
    Leaves,
    Returns,
    Marries,
    Moves,
    GoesOnLeave,
    GetsLicence,
    LosesLicence,
}

/// <summary>What somebody does to the list that a run is given. The next run gets a right one again, unless it is made once more.</summary>
public enum Mistake
{
    None,
    HalfIsMissing,
    OneIsLeft,
    NobodyIsLeft,
    EverySecondInactive,
    EverybodyInactive,
    EverybodyActive,
    ZerosAreLost,
    NumbersShifted,
    AddressesShifted,
    NamesShifted,
    AddressesOfAnotherDomain,
    LicencesTaken,
    DepartmentsEmpty,
    EverybodyTwice,
    EverybodyTwiceInactive,
}

/// <summary>A run of a history: what happened before it, what is wrong with its list, and what is wrong with Zoom.</summary>
public sealed record Step((Event What, int Who)[] Events, Mistake Mistake, string? Fault, int Hours)
{
    public override string ToString() =>
        $"after {Hours} h [{string.Join(", ", Events.Where(e => e.What != Event.Nothing).Select(e => $"{e.Who} {e.What}"))}] {Mistake} {Fault}";
}

/// <summary>A directory over 20 runs, with its mistakes, and an account with its faults and peculiarities.</summary>
public sealed record History(Step[] Steps, string Behaviour, bool Anchored)
{
    public const int Runs = 20;
    public const int People = 24;
    public const int Limit = 2;
    public const int LimitOfADay = 3;

    public static readonly string[] Behaviours =
    [
        "{}",
        """{"put_displayName":"ignored"}""",
        """{"get_roles_groups_shape":"array","phone_work_returned_as":"office"}""",
        """{"title_locale_in_get":"yes"}""",
        """{"deactivate_userType":"unchanged"}""",
        """{"user_type_returned":"no"}""",
        """{"list_includes_roles":"empty-object","plan_codes_as":"number"}""",
        """{"put_active":"ignored","put_userName":"applied"}""",
        """{"eventual_consistency_reads":1}""",
        """{"put_names":"only-if-empty"}""",
        """{"email_change":"administrator-only"}""",
        """{"put_semantics":"replace"}""",
    ];

    // Which of them never do what they are asked, so that a run can never be done.
    private static readonly string[] Stubborn = ["put_names", "put_displayName", "email_change", "user_type_returned"];

    private static readonly string?[] Faults =
    [
        null, null, null,
        """{"kind":"status","status":429,"count":5,"after":3}""",
        """{"kind":"status","status":503,"count":4,"after":2,"retry_after":"1"}""",
        """{"kind":"status","status":500,"when":"after","method":"PUT","count":1}""",
        """{"kind":"drop","when":"after","method":"POST","count":1}""",
        """{"kind":"drop","when":"after","method":"PATCH","count":1}""",
        """{"kind":"drop","when":"before","count":3,"after":1}""",
        """{"kind":"truncate","count":1,"after":2}""",
        """{"kind":"token-expired","count":1}""",
    ];

    private static readonly Event[] Happenings =
    [
        Event.Nothing, Event.Nothing, Event.Joins, Event.Leaves, Event.Returns, Event.Marries, Event.Moves, Event.GoesOnLeave,
        Event.GetsLicence, Event.LosesLicence,
    ];

    // Every other list is right.
    private static readonly Mistake[] Mistakes =
        [.. Enum.GetValues<Mistake>().SelectMany(m => new[] { m, Mistake.None })];

    private static readonly Gen<Step> AnyStep =
        from events in (from what in Gen.Elements(Happenings) from who in Gen.Choose(0, People - 1) select (what, who)).ArrayOf(3)
        from mistake in Gen.Elements(Mistakes)
        from fault in Gen.Elements(Faults)
        from hours in Gen.Elements(1, 1, 4, 12, 23, 24, 30)
        select new Step(events, mistake, fault, hours);

    /// <summary>Histories of an account with a peculiarity.</summary>
    public static Arbitrary<History> Of(string behaviour) => Arb.From(
        from steps in AnyStep.ArrayOf(Runs)
        from anchored in Gen.Elements(true, true, false)
        select new History(steps, behaviour, anchored),
        Shorter);

    /// <summary>Whether Zoom does what it is asked in the end; one that replaces is cured of that before the last runs.</summary>
    public bool IsDocile => Array.TrueForAll(Stubborn, s => !Behaviour.Contains(s, StringComparison.Ordinal));

    /// <summary>Whether Zoom shows at once what it was told.</summary>
    public bool IsPrompt => !Behaviour.Contains("eventual", StringComparison.Ordinal);

    /// <summary>Whether Zoom takes away what it is not sent, which ends every run at its first update; each begins with one again.</summary>
    public bool Replaces => Behaviour.Contains("replace", StringComparison.Ordinal);

    internal ProvisioningRule Rule => new("rule")
    {
        Anchor = Anchored ? "EmpId" : null,
        Guard = new GuardLimits
        {
            [GuardKind.Disable] = OfADay,
            [GuardKind.LicenseLoss] = OfADay,
            [GuardKind.Reactivate] = OfADay,
            [GuardKind.Rename] = OfADay,
            [GuardKind.Clear] = OfADay,
            MaxSourceShrinkPercent = 30,
            // What a law says of many nights it says of a rule that goes on, whatever the night before was like.
            QuarantineAfterRuns = 0,
        },
    };

    private static GuardLimit OfADay => new() { Max = Limit, PerDay = LimitOfADay };

    public static List<Colleague> Beginning() =>
        [.. Enumerable.Range(0, People - 4).Select(i => new Colleague(i, 0, "Jones", true, i % 2 == 0 ? "Licensed" : "Basic", i % 3 == 0 ? "Sales" : "Legal"))];

    /// <summary>What rightly becomes of the directory.</summary>
    public static void Happen(List<Colleague> all, (Event What, int Who) step)
    {
        var at = all.FindIndex(c => c.Who == step.Who);
        switch (step.What)
        {
            case Event.Joins or Event.Returns when at < 0:
                all.Add(new Colleague(step.Who, 0, "Jones", true, "Basic", "Sales"));
                break;
            case Event.Returns:
                all[at] = all[at] with { Active = true };
                break;
            case Event.Leaves when at >= 0 && all.Count > People / 2:
                all.RemoveAt(at);
                break;
            case Event.Marries when at >= 0:
                all[at] = all[at] with { Name = all[at].Name + 1, Family = all[at].Family == "Jones" ? "Smith" : "Jones" };
                break;
            case Event.Moves when at >= 0:
                all[at] = all[at] with { Department = all[at].Department == "Sales" ? "Legal" : "Sales" };
                break;
            case Event.GoesOnLeave when at >= 0:
                all[at] = all[at] with { Active = false };
                break;
            case Event.GetsLicence or Event.LosesLicence when at >= 0:
                all[at] = all[at] with { Type = step.What == Event.GetsLicence ? "Licensed" : "Basic" };
                break;
            default:
                break;
        }
    }

    /// <summary>The list that a run is given.</summary>
    internal SourceSnapshot Source(IReadOnlyList<Colleague> truth, Mistake mistake)
    {
        IEnumerable<(Colleague Of, string Number, string Address)> rows = truth.Select(c => (c, c.Number, c.Address)).ToList();
        var all = rows.ToList();
        rows = mistake switch
        {
            Mistake.HalfIsMissing => all.Take(all.Count / 2),
            Mistake.OneIsLeft => all.Take(1),
            Mistake.NobodyIsLeft => [],
            Mistake.EverySecondInactive => all.Select((r, i) => (r.Of with { Active = r.Of.Active && i % 2 == 0 }, r.Number, r.Address)),
            Mistake.EverybodyInactive => all.Select(r => (r.Of with { Active = false }, r.Number, r.Address)),
            Mistake.EverybodyActive => all.Select(r => (r.Of with { Active = true }, r.Number, r.Address)),
            Mistake.ZerosAreLost => all.Select(r => (r.Of, r.Number.TrimStart('0'), r.Address)),
            Mistake.NumbersShifted => all.Select((r, i) => (r.Of, all[(i + 1) % all.Count].Number, r.Address)),
            Mistake.AddressesShifted => all.Select((r, i) => (r.Of, r.Number, all[(i + 1) % all.Count].Address)),
            Mistake.NamesShifted => all.Select((r, i) => (r.Of with { Family = $"Family{i}" }, r.Number, r.Address)),
            Mistake.AddressesOfAnotherDomain => all.Select(r => (r.Of, r.Number, r.Address.Replace(".com", ".org", StringComparison.Ordinal))),
            Mistake.LicencesTaken => all.Select(r => (r.Of with { Type = "Basic" }, r.Number, r.Address)),
            Mistake.DepartmentsEmpty => all.Select(r => (r.Of with { Department = string.Empty }, r.Number, r.Address)),
            Mistake.EverybodyTwice => all.Concat(all),
            Mistake.EverybodyTwiceInactive => all.Concat(all.Select(r => (r.Of with { Active = false }, r.Number, r.Address))),
            _ => all,
        };
        var people = rows.Select(r => new DesiredUser(new ScimUser
        {
            UserName = r.Address,
            Email = r.Address,
            GivenName = "Jill",
            FamilyName = r.Of.Family,
            Active = r.Of.Active,
            UserType = r.Of.Type,
            Department = r.Of.Department,
        })
        {
            Label = r.Address,
            Anchor = Anchored ? r.Number : null,
        }).ToArray();
        return RuleTenant.Source(people) with { RecordCount = people.Length };
    }

    public override string ToString() => $"{Behaviour} {(Anchored ? "anchored" : "without anchors")}\n{string.Join("\n", Steps.Select((s, i) => $"{i}: {s}"))}";

    private static IEnumerable<History> Shorter(History history)
    {
        for (var i = 0; i < history.Steps.Length; i++)
        {
            yield return history with { Steps = [.. history.Steps.Where((_, at) => at != i)] };
        }

        for (var i = 0; i < history.Steps.Length; i++)
        {
            if (history.Steps[i] is { Fault: not null } step)
            {
                yield return history with { Steps = [.. history.Steps.Select((s, at) => at == i ? step with { Fault = null } : s)] };
            }
        }
    }
}
