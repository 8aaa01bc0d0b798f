using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>What a source or Zoom says of one person; null is 'says nothing'.</summary>
public sealed record Person(
    int Who, string? Given, string? Family, string? Display, bool? Active, string? Type, string? Department, string? Organization,
    string? Title, string? Phone, string? Role, bool ActiveIsExplicit)
{
    public string Address => $"person{Who}@example.com";

    public void Onto(ScimUser user)
    {
        foreach (var (attribute, value) in new (ZoomAttribute, object?)[]
        {
            (ZoomAttributes.GivenName, Given), (ZoomAttributes.FamilyName, Family), (ZoomAttributes.DisplayName, Display), (ZoomAttributes.Active, Active),
            (ZoomAttributes.UserType, Type), (ZoomAttributes.Department, Department), (ZoomAttributes.Organization, Organization),
            (ZoomAttributes.Title, Title), (ZoomAttributes.Locale, Title), (ZoomAttributes.Phone, Phone),
            (ZoomAttributes.Roles, Role is null ? null : new[] { Role }),
        })
        {
            if (value is not null)
            {
                attribute.Set(user, value);
            }
        }
    }
}

/// <summary>A Zoom account, a source, and what the connection allows.</summary>
public sealed record World(Person[] InZoom, Person[] Wanted, bool Create, bool Update, bool Disable, bool Deprovision)
{
    private const string Unknown = "urn:example:never:heard:of";

    private static readonly ProvisioningRule Rule = BuiltInRule.Create(PlanScene.Wide);
    private static readonly ConditionalWeakTable<FakeZoom, MemoryRuleState> States = new();

    private static readonly string[] Texts = ["Jill", "O'Brien", "Müller", "Mu\u0308ller", "山田", "Иванова", "a b", "JILL", "\uD83D"];

    /// <summary>Worlds of up to eight people, some on both sides.</summary>
    public static Arbitrary<World> Any { get; } = Make(Gen.Elements(true, false)).ToArbitrary();

    /// <summary>Worlds in which the connection allows everything.</summary>
    public static Arbitrary<World> Free { get; } = Make(Gen.Constant(true)).ToArbitrary();

    public override string ToString() =>
        $"in Zoom:\n{string.Join("\n", InZoom.AsEnumerable())}\nwanted:\n{string.Join("\n", Wanted.AsEnumerable())}\ncreate {Create}, "
            + $"update {Update}, disable {Disable}, deprovision {Deprovision}";

    internal FakeZoom Zoom()
    {
        var zoom = new FakeZoom();
        foreach (var person in InZoom)
        {
            zoom.Add(person.Address, user =>
            {
                person.Onto(user);
                if (user.Active == false)
                {
                    // Deactivation takes the licence, and Zoom deactivates no admin.
                    user.UserType = "Basic";
                    user.Roles = new[] { "Member" };
                }

                user.PhoneNumbers = [.. user.PhoneNumbers, new("+1 5125559999", "mobile")];
                user.Attributes[Unknown] = new ScimObject { ["secret"] = new ArrayList { "kept", person.Who } };
                user.Attributes[ScimSchemas.ZoomUser] = new ScimObject { ["pronouns"] = "they", ["planOfTomorrow"] = true };
                if (user.Active != false)
                {
                    user.SetExtension("zoomOneEdu", "576460752303423488");
                }
            });
        }

        return zoom;
    }

    internal ZoomScimConnection Connection(FakeZoom zoom) => Wishes.Connection(zoom, c =>
    {
        c.AllowCreate = Create;
        c.AllowUpdate = Update;
        c.AllowDisable = Disable;
        c.AllowDeprovision = Deprovision;
    });

    internal List<DesiredUser> Desired() => Wanted.Select(p => Wishes.For(p.Address, p.Onto, p.ActiveIsExplicit)).ToList();

    internal SyncPlan Plan(FakeZoom zoom) => Plan(zoom, Desired());

    internal SyncPlan Plan(FakeZoom zoom, IReadOnlyList<DesiredUser> desired) =>
        Sync(zoom, null).PlanAsync(new SourceSnapshot(desired, [], []), ScimCall.None).GetAwaiter().GetResult();

    internal List<ChangeResult> Apply(FakeZoom zoom, SyncPlan plan)
    {
        var results = new List<ChangeResult>();
        Sync(zoom, results.Add).ApplyAsync(plan, ScimCall.None).GetAwaiter().GetResult();
        return results;
    }

    // The built-in rule, whose guard lets everything go; its ledger belongs to the account.
    private RuleSync Sync(FakeZoom zoom, Action<ChangeResult>? onResult) =>
        new(Connection(zoom), Rule, States.GetValue(zoom, _ => new MemoryRuleState(Rule)), new RuleSyncOptions { Concurrency = 4, OnResult = onResult });

    internal static string Story(SyncPlan plan) =>
        string.Join("\n", plan.Changes.Select(c => $"{c.Action} {c.UserName}: {c.Reason} [{string.Join("; ", c.Changes)}]"));

    internal static bool KeptUnknown(ScimObject user) =>
        (user["active"] is false || user.Complex(ScimSchemas.ZoomUser)?.Text("zoomOneEdu") == "576460752303423488")
        && user.Complex(ScimSchemas.ZoomUser) is { } zoom && zoom.Text("pronouns") == "they" && zoom["planOfTomorrow"] is true
        && user.Complex(Unknown)?.Items("secret").Contains("kept") == true
        && new ScimUser(user, UserDetail.None).PhoneNumbers.Any(p => p.Value == "+1 5125559999");

    internal static bool SendsUnknown(ScimObject body) => body.Has(Unknown) || body.Has(ScimSchemas.ZoomUser) || body.Has("id") || body.Has("meta");

    private static Gen<World> Make(Gen<bool> switches) =>
        from inZoom in People()
        from wanted in People()
        from create in switches
        from update in switches
        from disable in switches
        from deprovision in switches
        select new World(inZoom, wanted, create, update, disable, deprovision);

    private static Gen<Person[]> People() =>
        from present in Gen.Elements(true, false).ArrayOf(8)
        from people in OnePerson().ArrayOf(8)
        select people.Select((p, i) => p with { Who = i }).Where((_, i) => present[i]).ToArray();

    private static Gen<Person> OnePerson() =>
        from given in Maybe(Texts)
        from family in Maybe(Texts)
        from display in Maybe([.. Texts, "Jill O'Brien"])
        from active in Gen.Elements<bool?>(true, true, false, null)
        from type in Maybe("Basic", "Licensed")
        from department in Maybe(Texts)
        from organization in Maybe(Texts)
        from title in Maybe(Texts)
        from phone in Maybe("+1 5125550123", "+44 2079460018", "(512) 555-0123")
        from role in Maybe("Member", "Admin")
        from isExplicit in Gen.Elements(true, false)
        select new Person(0, given, family, display, active, type, department, organization, title, phone, role, isExplicit);

    private static Gen<string?> Maybe(params string[] values) => Gen.Elements<string?>([null, .. values]);
}
