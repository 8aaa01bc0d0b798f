using System;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>One person at one moment, in the source or in Zoom; null is 'says nothing'.</summary>
public sealed record Someone(
    int Who, bool IsPresent, int Name, string Family, bool? Active, string? Type, string? Department, string? Title, string? Phone,
    string? CostCenter, int? Manager, string[] Groups)
{
    // A name is never another person's, so that every plan can be carried out at once.
    public string Address => $"person{Who}.{Name}@example.com";

    public string Anchor => $"anchor{Who}";

    internal DesiredUser Desired()
    {
        var user = new ScimUser { UserName = Address, Email = Address, GivenName = "Jill", FamilyName = Family };
        Onto(user);
        if (Active is not null)
        {
            user.Active = Active;
        }

        if (Manager is { } manager)
        {
            user.Manager = $"person{manager}.0@example.com";
        }

        return new DesiredUser(user) { Label = Address, Anchor = Anchor, Groups = Groups };
    }

    internal async Task PutIntoZoomAsync(RuleTenant tenant)
    {
        var user = new ScimUser { UserName = Address, GivenName = "Jill", FamilyName = Family };
        Onto(user);
        var body = user.Attributes;
        body["schemas"] = new System.Collections.ArrayList { ScimSchemas.User, ScimSchemas.EnterpriseUser };
        var created = await tenant.Users.CreateAsync(body, ScimCall.None);
        if (Active == false)
        {
            await tenant.Users.SetActiveAsync(created.Id!, false, ScimCall.None);
        }
    }

    private void Onto(ScimUser user)
    {
        foreach (var (attribute, value) in new (ZoomAttribute, string?)[]
        {
            (ZoomAttributes.UserType, Type), (ZoomAttributes.Department, Department), (ZoomAttributes.Title, Title), (ZoomAttributes.Locale, Title),
            (ZoomAttributes.Phone, Phone), (ZoomAttributes.CostCenter, CostCenter),
        })
        {
            if (value is not null)
            {
                attribute.Set(user, value);
            }
        }
    }
}

/// <summary>What somebody does in Zoom by hand, between two runs.</summary>
public enum ByHand
{
    Nothing,
    Deactivates,
    Activates,
    Deletes,
    ChangesDepartment,
    ChangesType,
}

/// <summary>An account, and what becomes of source and account in several rounds.</summary>
public sealed record Story(Someone[] InZoom, Someone[][] Rounds, ByHand[][] Hands, string Behaviour, bool Deletes, bool Anchored)
{
    public const int People = 6;

    // The first one is protected.
    public const string Protected = "person0.*@example.com";

    private static readonly string[] Behaviours =
    [
        "{}",
        """{"put_names":"only-if-empty"}""",
        """{"put_displayName":"ignored"}""",
        """{"get_roles_groups_shape":"array"}""",
        """{"phone_work_returned_as":"office"}""",
        """{"title_locale_in_get":"yes"}""",
        """{"deactivate_userType":"unchanged"}""",
        """{"user_type_returned":"no"}""",
        """{"put_arrays":"merge","unknown_manager":"stored"}""",
        """{"list_includes_roles":"empty-object","plan_codes_as":"number"}""",
        """{"put_active":"ignored"}""",
    ];

    public static Arbitrary<Story> Any { get; } = (
        from inZoom in Group()
        from rounds in Group().ArrayOf(3)
        from hands in Gen.Elements(new[] { ByHand.Nothing, ByHand.Deactivates, ByHand.Activates, ByHand.Deletes, ByHand.ChangesDepartment, ByHand.ChangesType })
            .ArrayOf(People)
            .ArrayOf(3)
        from behaviour in Gen.Elements(Behaviours)
        from deletes in Gen.Elements(true, false)
        from anchored in Gen.Elements(true, false)
        select new Story(inZoom.Select(p => p with { Name = 0 }).ToArray(), rounds, hands, behaviour, deletes, anchored)).ToArbitrary();

    internal ProvisioningRule Rule => new("rule")
    {
        CreateGroups = true,
        Groups = [new GroupRule("Sales", null)],
        RemoveAction = Deletes ? RemoveAction.Delete : RemoveAction.Disable,
        // On the word of one run, so that a history is as long as it is told.
        Leavers = new LeaverSettings { MissingRuns = 1 },
        Protected = new ProtectedUsers([Protected]),
    };

    internal SourceSnapshot Source(int round) => RuleTenant.Source(Rounds[round].Where(p => p.IsPresent)
        .Select(p => Anchored ? p.Desired() : (p with { Name = 0 }).Desired().Under(null, p.Groups)).ToArray());

    internal async Task<RuleTenant> BeginAsync()
    {
        var tenant = new RuleTenant(Rule, Behaviour);
        foreach (var person in InZoom.Where(p => p.IsPresent))
        {
            await person.PutIntoZoomAsync(tenant);
        }

        tenant.Forget();
        return tenant;
    }

    /// <summary>What happens in Zoom before a round.</summary>
    internal async Task ByHandAsync(RuleTenant tenant, int round)
    {
        tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var (hand, who) in Hands[round].Select((hand, who) => (hand, who)))
        {
            var user = (await tenant.Users.ListAsync(1, 100, null, ScimCall.None)).Resources
                .FirstOrDefault(u => u.UserName!.StartsWith($"person{who}.", StringComparison.Ordinal));
            if (user?.Id is not { } id)
            {
                continue;
            }

            switch (hand)
            {
                case ByHand.Deactivates:
                    await tenant.Users.SetActiveAsync(id, false, ScimCall.None);
                    break;
                case ByHand.Activates:
                    await tenant.Users.SetActiveAsync(id, true, ScimCall.None);
                    break;
                case ByHand.Deletes:
                    await tenant.Users.DeleteAsync(id, ScimCall.None);
                    break;
                case ByHand.ChangesDepartment when user.Active == true:
                    await tenant.Users.UpdateAsync(
                        id,
                        new ScimObject { [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "By hand" } },
                        ScimCall.None);
                    break;
                case ByHand.ChangesType when user.Active == true:
                    await tenant.Users.UpdateAsync(id, new ScimObject { ["userType"] = "Licensed" }, ScimCall.None);
                    break;
                default:
                    break;
            }
        }

        tenant.Forget();
    }

    public override string ToString() =>
        $"{Behaviour} {(Deletes ? "deletes" : "disables")} {(Anchored ? "anchored" : "without anchors")}\nin Zoom:\n{Show(InZoom)}\n"
        + string.Join("\n", Rounds.Select((r, i) => $"by hand: {string.Join(", ", Hands[i])}\nround {i}:\n{Show(r)}"));

    private static string Show(Someone[] people) => string.Join("\n", people.Where(p => p.IsPresent).Select(p => $"  {p} [{string.Join(", ", p.Groups)}]"));

    private static Gen<Someone[]> Group() => Gen.CollectToArray(Enumerable.Range(0, People).Select(OnePerson));

    private static Gen<Someone> OnePerson(int who) =>
        from isPresent in Gen.Elements(true, true, false)
        from name in Gen.Elements(0, 0, 0, 1)
        from family in Gen.Elements("Jones", "Müller")
        from active in Gen.Elements<bool?>(true, false, null, null)
        from type in Maybe("Basic", "Licensed")
        from department in Maybe("Sales", "Research")
        from title in Maybe("Chief", "Clerk")
        from phone in Maybe("+1 5125550123", "+44 2079460018")
        from costCenter in Maybe("1", "2")
        from manager in Gen.Elements<int?>(null, null, 1, 2, 9)
        from groups in Gen.Elements<string[]>([], ["Sales"], ["Sales", "Research"], ["research"])
        select new Someone(who, isPresent, name, family, active, type, department, title, phone, costCenter, manager, groups);

    private static Gen<string?> Maybe(params string[] values) => Gen.Elements<string?>([null, .. values]);
}
