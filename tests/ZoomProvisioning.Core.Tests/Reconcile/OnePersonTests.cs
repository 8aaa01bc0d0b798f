using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who leaves and who joins under one name are perhaps one person with a new key and a new address: both wait.</summary>
public class OnePersonTests
{
    private readonly PlanScene _scene = new();

    private static Action<ScimUser> Named(string? given, string? family, string? department = null, string? title = null) => u =>
    {
        foreach (var (attribute, value) in new[]
        {
            (ZoomAttributes.GivenName, given), (ZoomAttributes.FamilyName, family), (ZoomAttributes.Department, department), (ZoomAttributes.Title, title),
        })
        {
            if (value is not null)
            {
                attribute.Set(u, value);
            }
        }
    };

    private string Story(params DesiredPerson[] people) =>
        PlanScene.Story(_scene.Plan(people.Select(p => PlanScene.Person(p.Name, p.Anchor, p.Active, p.More)).ToArray()));

    /// <summary>A record of the source.</summary>
    private sealed record DesiredPerson(string Name, string Anchor, Action<ScimUser> More, bool Active = true);

    private static DesiredPerson Record(string name, string? given, string? family, string? department = null, string? title = null) =>
        new(name, $"of-{name}", Named(given, family, department, title));

    [Theory]
    // What the joiner is called; the leaver is Anna Smith, a clerk in sales.
    [InlineData("Anna", "Smith", null, null, true)]
    [InlineData("anna ", " SMITH", null, null, true)]
    [InlineData("Anna", "Miller", null, null, false)]
    [InlineData("Zoe", "Smith", null, null, false)]
    [InlineData("Anna", null, null, null, false)]
    [InlineData("Anna", "Miller", "Sales", "Clerk", true)]
    [InlineData("Anna", "Miller", "Sales", "Chief", false)]
    [InlineData("Anna", "Miller", "Sales", null, false)]
    [InlineData("Anna", "Miller", "Legal", "Clerk", false)]
    [InlineData("Zoe", "Miller", "Sales", "Clerk", false)]
    public void One_name_is_the_full_one_or_the_given_one_with_department_and_title(
        string given, string? family, string? department, string? title, bool waits)
    {
        _scene.Knows("1", "smith", "a1", Named("Anna", "Smith", "Sales", "Clerk"));
        Assert.Equal(
            waits ? "Create joiner (held); Disable smith (held)" : "Create joiner; Disable smith",
            Story(Record("joiner", given, family, department, title)));
    }

    [Fact]
    public void A_title_that_no_read_tells_is_the_one_that_was_sent_last()
    {
        // No family name, so only department and title can tell.
        var entry = _scene.Knows("1", "smith", "a1", Named("Anna", null, "Sales"));
        var joiner = Record("joiner", "Anna", "Miller", "Sales", "Clerk");
        Assert.Equal("Create joiner; Disable smith", Story(joiner));
        entry.Untold["Title"] = "Clerk";
        Assert.Equal("Create joiner (held); Disable smith (held)", Story(joiner));
    }

    [Fact]
    public void Both_are_told_what_to_do()
    {
        _scene.Knows("1", "smith", "a1", Named("Anna", "Smith"));
        var plan = _scene.Plan(PlanScene.Person("joiner", "a2", true, Named("Anna", "Smith")));
        Assert.All(plan.Changes, c => Assert.Equal(
            "'smith@example.com' leaves and 'joiner@example.com' joins under the same name, so perhaps they are one person with a new key "
                + "and a new address. If so, give the Zoom user the new address; if not, approve both.",
            c.Held));
    }

    [Fact]
    public void Each_pair_is_found_by_itself()
    {
        _scene.Knows("1", "smith", "a1", Named("Anna", "Smith"));
        _scene.Knows("2", "jones", "a2", Named("Ben", null, "Sales", "Clerk"));
        _scene.Knows("3", "brown", "a3", Named("Cleo", "Brown"));
        Assert.Equal(
            "Disable brown; Disable jones (held); Create new1 (held); Create new2 (held); Create new3; Disable smith (held)",
            Story(Record("new1", "Anna", "Smith"), Record("new2", "Ben", "Bones", "Sales", "Clerk"), Record("new3", "Dora", "Brown")));
    }

    [Theory]
    [InlineData(2, 1, "Create joiner1; Disable smith1; Disable smith2")]
    [InlineData(1, 2, "Create joiner1; Create joiner2; Disable smith1")]
    [InlineData(2, 2, "Create joiner1; Create joiner2; Disable smith1; Disable smith2")]
    [InlineData(1, 1, "Create joiner1 (held); Disable smith1 (held)")]
    [InlineData(0, 1, "Create joiner1")]
    public void A_name_that_several_leave_or_join_under_says_nothing(int leavers, int joiners, string story)
    {
        for (var i = 1; i <= leavers; i++)
        {
            _scene.Knows($"{i}", $"smith{i}", $"a{i}", Named("Anna", "Smith"));
        }

        Assert.Equal(story, Story(Enumerable.Range(1, joiners).Select(i => Record($"joiner{i}", "Anna", "Smith")).ToArray()));
    }

    [Fact]
    public void A_name_that_somebody_has_who_stays_says_nothing()
    {
        _scene.Knows("1", "smith", "a1", Named("Anna", "Smith"));
        _scene.Knows("2", "smith2", "of-smith2", Named("Anna", "Smith"));
        Assert.Equal("Create joiner; NoOp smith2; Disable smith", Story(Record("joiner", "Anna", "Smith"), Record("smith2", "Anna", "Smith")));
    }

    [Fact]
    public void Whom_the_source_itself_calls_inactive_has_not_got_a_new_key()
    {
        _scene.Knows("1", "smith", "of-smith", Named("Anna", "Smith"));
        Assert.Equal("Create joiner; Disable smith", Story(Record("joiner", "Anna", "Smith"), Record("smith", "Anna", "Smith") with { Active = false }));
    }

    [Fact]
    public void Of_people_who_were_asked_for_by_name_somebody_has_thought()
    {
        _scene.Rule = new ProvisioningRule("rule") { Anchor = "Id", Guard = PlanScene.Wide };
        _scene.Knows("1", "smith", "a1", Named("Anna", "Smith"));
        var joiner = Record("joiner", "Anna", "Smith");
        Assert.Equal("Create joiner (held); Disable smith (held)", Story(joiner));
        _scene.Only = new Selection(["joiner@example.com", "smith@example.com"]);
        Assert.Equal("Create joiner; Disable smith", Story(joiner));
    }

    [Fact]
    public void A_rule_that_is_removed_takes_everybody_out()
    {
        var scene = new Scene(new ProvisioningRule("rule") { Guard = PlanScene.Wide }) { RemovesRule = true };
        scene.Managed("smith", Named("Anna", "Smith"));
        scene.InSource("joiner", Named("Anna", "Smith"));
        Assert.Equal("Create joiner; Disable smith", PlanScene.Story(scene.Plan()));
        scene.RemovesRule = false;
        Assert.Equal("Create joiner (held); Disable smith (held)", PlanScene.Story(scene.Plan()));
    }
}
