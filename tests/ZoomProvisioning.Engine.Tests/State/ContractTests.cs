using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>
/// Whoever adds a member to what is stored of a plan, a person or a journal's line finds out here where it is missing: in the file
/// (Engine/State/Contracts) or in the plan's id (Core/Plans/PlanDigest).
/// </summary>
public sealed class ContractTests : IDisposable
{
    /// <summary>What a file does not keep, and why.</summary>
    private static readonly Dictionary<string, string> NotStored = new()
    {
        ["SyncPlan.Id"] = "made of the rest",
        ["SyncPlan.Gone"] = "found anew when the plan is applied; nothing is written to Zoom for it",
        ["SyncPlan.Missed"] = "counted by a run that reads its source",
        ["SyncPlan.Present"] = "counted by a run that reads its source",
        ["SyncPlan.Released"] = "found anew when the plan is applied; nothing is written to Zoom for it",
        ["SyncPlan.OutOfScope"] = "the first names of those whose number is saved",
        ["SyncPlan.Approvals"] = "files of their own, which name the plan by its id",
        ["SyncPlan.RuleFile"] = "where the rule was on the computer that made the plan",
        ["PlannedChange.Problem"] = "an exception; the reason has its words",
        ["DesiredUser.ManagerKey"] = "looked up while the source is read; a plan has the manager's address, or none",
        ["DesiredUser.Source"] = "the source's own object",
        ["PlannedChange.Stale"] = "found when the plan is applied",
        ["JournalEntry.Rule"] = "known by the journal's place",
        ["Ledger.JournalPosition"] = "stands in the mark of the journal",
    };

    /// <summary>What does not change a plan's id, and why.</summary>
    private static readonly Dictionary<string, string> NotInTheId = new(NotStored)
    {
        ["SyncPlan.CreatedAt"] = "the same plan made again is the same plan",
        ["SyncPlan.RunBefore"] = "the same plan made after another run is the same plan",
        ["SyncPlan.ExpiresAt"] = "follows from when the plan was made and from the rule",
    };

    private readonly StateFactory _factory = new();
    private readonly ScratchFolder _folder = new();

    public static TheoryData<string> MembersOfPlans =>
        Members(typeof(SyncPlan), typeof(GuardFinding), typeof(PlannedChange), typeof(AttributeChange), typeof(GroupChange), typeof(DesiredUser));

    public static TheoryData<string> MembersOfLedgers => Members(typeof(Ledger), typeof(LedgerEntry));

    public static TheoryData<string> MembersOfJournals => Members(typeof(JournalEntry));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(MembersOfPlans))]
    public void A_member_of_a_plan_survives_the_file(string member)
    {
        var (plan, part) = PlanWith(member, 1);
        var read = _factory.ReadPlan(_factory.WritePlan(plan));
        if (!NotStored.ContainsKey(member))
        {
            AssertSame(Get(part, member), Get(PartOf(read, member), member), member);
        }
    }

    [Theory]
    [MemberData(nameof(MembersOfPlans))]
    public void A_member_of_a_plan_changes_its_id(string member)
    {
        var (was, now) = (PlanDigest.Of(PlanWith(member, 0).Plan), PlanDigest.Of(PlanWith(member, 1).Plan));
        Assert.Equal(NotInTheId.ContainsKey(member), was == now);
    }

    [Theory]
    [MemberData(nameof(MembersOfLedgers))]
    public void A_member_of_a_ledger_survives_the_file(string member)
    {
        Ledger written, read;
        using (var state = _folder.Open())
        {
            written = new Ledger(ScratchFolder.Account, ScratchFolder.Rule);
            var person = (LedgerEntry)Full(typeof(LedgerEntry), 1);
            if (member.StartsWith("Ledger.", StringComparison.Ordinal)
                && Property(member) is { CanWrite: true, Name: not (nameof(Ledger.Account) or nameof(Ledger.Rule) or nameof(Ledger.JournalPosition)) } property)
            {
                property.SetValue(written, Sample(property.PropertyType, property.Name, 1));
            }

            written.Put(person);
            state.SaveLedger(written);
            read = _folder.Factory.ReadLedger(_folder.Path)!;
        }

        object Part(Ledger ledger) => member.StartsWith("Ledger.", StringComparison.Ordinal) ? ledger : ledger.Entries.Single();
        AssertSame(Get(Part(written), member), Get(Part(read), member), member);
    }

    [Theory]
    [MemberData(nameof(MembersOfJournals))]
    public void A_member_of_a_journals_line_survives_the_file(string member)
    {
        if (NotStored.ContainsKey(member))
        {
            return;
        }

        JournalEntry written, read;
        using (var state = _folder.Open())
        {
            written = state.Append((JournalEntry)Full(typeof(JournalEntry), 1));
            read = Assert.Single(state.ReadJournal(0));
        }

        AssertSame(Get(written, member), Get(read, member), member);
    }

    private static TheoryData<string> Members(params Type[] types)
    {
        var members = new TheoryData<string>();
        foreach (var type in types)
        {
            // Whatever can be given a value is to be kept; the rest is worked out from it.
            foreach (var property in Settable(type))
            {
                members.Add($"{type.Name}.{property.Name}");
            }
        }

        return members;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(p => p.SetMethod is not null && p.Name != "EqualityContract");

    private static PropertyInfo Property(string member) =>
        Type(member).GetProperty(member.Split('.')[1], BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static Type Type(string member) => new[]
    {
        typeof(SyncPlan), typeof(GuardFinding), typeof(PlannedChange), typeof(AttributeChange), typeof(GroupChange), typeof(DesiredUser),
        typeof(Ledger), typeof(LedgerEntry), typeof(JournalEntry),
    }
        .Single(t => t.Name == member.Split('.')[0]);

    private static object? Get(object part, string member) => Property(member).GetValue(part);

    /// <summary>A plan whose every member has a value, and one member the value of a variant.</summary>
    private static (SyncPlan Plan, object Part) PlanWith(string member, int variant)
    {
        var plan = (SyncPlan)Full(typeof(SyncPlan), 0);
        var part = PartOf(plan, member);
        var property = Property(member);
        property.SetValue(part, Sample(property.PropertyType, property.Name, variant));
        return (plan.Identified(), part);
    }

    private static object PartOf(SyncPlan plan, string member) => Type(member).Name switch
    {
        nameof(SyncPlan) => plan,
        nameof(GuardFinding) => plan.Guard[0],
        nameof(PlannedChange) => plan.Changes[0],
        nameof(AttributeChange) => plan.Changes[0].Changes[0],
        nameof(GroupChange) => plan.Changes[0].GroupChanges[0],
        _ => plan.Changes[0].Desired!,
    };

    private static object Full(Type type, int variant)
    {
        object part = type.Name switch
        {
            nameof(SyncPlan) => new SyncPlan([]),
            nameof(GuardFinding) => new GuardFinding(default, HoldsRemovals: false, string.Empty),
            nameof(PlannedChange) => new PlannedChange(PlanAction.Update, string.Empty, string.Empty),
            nameof(AttributeChange) => new AttributeChange(ZoomAttributes.Email, null, null, oldIsKnown: false),
            nameof(GroupChange) => new GroupChange(null, string.Empty, Adds: false),
            nameof(DesiredUser) => new DesiredUser(new ScimUser()),
            nameof(LedgerEntry) => new LedgerEntry(string.Empty, string.Empty, default, default),
            nameof(JournalEntry) => new JournalEntry(default),
            nameof(ProvisioningApproval) => new ProvisioningApproval { PlanId = "plan" + variant },
            nameof(ManagedUser) => new ManagedUser("id" + variant, "user" + variant, null, null),
            _ => throw new NotSupportedException($"Teach this test what a {type} looks like, and Describe how to compare two of them."),
        };
        foreach (var property in Settable(type).Where(_ => type != typeof(ManagedUser) && type != typeof(ProvisioningApproval)))
        {
            property.SetValue(part, Sample(property.PropertyType, property.Name, variant));
        }

        return part;
    }

    /// <summary>A value that is not what a member has by itself, and not the one of the other variant (0 and 1).</summary>
    private static object? Sample(Type declared, string name, int variant)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when type == typeof(string) => $"{name} {variant} \uD800 Größe",
            _ when type == typeof(bool) => variant == 1,
            _ when type == typeof(int) => 7 + variant,
            _ when type == typeof(long) => 7L + variant,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 5, 8, 0, variant + 1, TimeSpan.Zero),
            _ when type == typeof(TimeSpan) => TimeSpan.FromHours(variant + 1),
            _ when type == typeof(object) => $"{name} {variant}",
            _ when type.IsEnum && Enum.GetValues(type) is var values => values.GetValue((variant + 1) % values.Length),
            _ when type == typeof(ScimException) => new ScimException("Zoom.Test", "no"),
            _ when type == typeof(ScimObject) => new ScimObject { [name] = $"{variant}\uDC00", ["n"] = new ScimNumber("1.50") },
            _ when type == typeof(ScimUser) => User(name, variant),
            _ when type == typeof(ZoomAttribute) => variant == 0 ? ZoomAttributes.Department : ZoomAttributes.Manager,
            _ when type == typeof(Dictionary<string, string>) =>
                new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["a\uD800" + variant] = "b\uDC00" },
            _ when type == typeof(Dictionary<string, DateTimeOffset>) =>
                new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["a" + variant] = new(2026, 1, 5, 8, 0, variant, TimeSpan.Zero) },
            _ when type == typeof(Dictionary<string, IgnoredValue>) =>
                new Dictionary<string, IgnoredValue>(StringComparer.OrdinalIgnoreCase) { ["a" + variant] = new("b", "c") },
            _ when type == typeof(Dictionary<string, LedgerGroup>) =>
                new Dictionary<string, LedgerGroup>(StringComparer.Ordinal) { ["a" + variant] = new("b", IsCertain: variant == 1) },
            _ when type == typeof(IReadOnlyDictionary<string, int>) => new Dictionary<string, int>(StringComparer.Ordinal) { ["a" + variant] = variant },
            _ when type.IsGenericType && type.GetGenericArguments() is [var element] => List(element, name, variant),
            _ => Full(type, variant),
        };
    }

    private static IList List(Type element, string name, int variant)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        list.Add(Sample(element, name, variant));
        return list;
    }

    /// <summary>A wish, or a user as Zoom has it.</summary>
    private static ScimUser User(string name, int variant) => name == nameof(DesiredUser.Values)
        ? new ScimUser { UserName = $"jill{variant}@example.com", Department = "Sales" }
        : new ScimUser(new ScimObject { ["id"] = $"{name}{variant}", ["userName"] = "jack@example.com" }, UserDetail.Read);

    private static void AssertSame(object? was, object? now, string member) => Assert.Equal($"{member}: {Describe(was)}", $"{member}: {Describe(now)}");

    private static string Describe(object? value) => value switch
    {
        null => "none",
        string text => string.Concat(text.Select(c => c < 0x80 ? c.ToString() : $"\\u{(int)c:x4}")),
        ScimObject resource => new StateFactory().ToJson(resource, indented: false),
        ScimUser user => $"{user.Detail} {Describe(user.Attributes)} {string.Join(",", user.ChangedAttributes)}",
        IDictionary pairs => string.Join(";", pairs.Keys.Cast<object>().Select(k => $"{Describe(k)}={pairs[k]}")),
        IEnumerable items => $"[{string.Join(";", items.Cast<object>().Select(Describe))}]",
        GuardFinding or PlannedChange or AttributeChange or GroupChange or DesiredUser or LedgerEntry => string.Join("|", Settable(value.GetType())
            .Where(p => !NotStored.ContainsKey($"{value.GetType().Name}.{p.Name}")).Select(p => $"{p.Name}={Describe(p.GetValue(value))}")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
