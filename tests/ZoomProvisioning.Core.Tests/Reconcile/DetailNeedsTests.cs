using System.Collections.Generic;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who must be read in full, and by which name a manager is known in the end.</summary>
public class DetailNeedsTests
{
    private readonly Ledger _ledger = new("account", "rule");
    private readonly List<ScimUser> _users = [];
    private readonly List<Correlation> _people = [];

    // Listed with this time of change; known with that one, and then with a title besides.
    private ScimUser Listed(string id, string changed, string? seen = null, bool isManaged = true, UserDetail detail = UserDetail.Listed, bool? active = true)
    {
        ScimObject Of(string time) => new()
        {
            ["id"] = id,
            ["userName"] = id + "@example.com",
            ["active"] = active,
            ["meta"] = new ScimObject { ["lastModified"] = time },
        };
        var user = new ScimUser(Of(changed), detail);
        _users.Add(user);
        if (isManaged)
        {
            _ledger.Put(new LedgerEntry(id, id + "@example.com", LedgerOrigin.Created, default)
            {
                Seen = seen is null ? null : new ScimUser(Of(seen), UserDetail.Read) { Title = "Boss" },
            });
        }

        return user;
    }

    private void InSource(ScimUser user, CorrelationSituation situation = CorrelationSituation.Linked) =>
        _people.Add(new Correlation(new DesiredUser(new ScimUser()), situation, user, _ledger.Find(user.Id!), "because"));

    private IReadOnlyList<string> Decide(bool adopt = true) =>
        DetailNeeds.Decide(new ProvisioningRule("rule") { AllowAdopt = adopt }, _people, new AccountSnapshot(_users, true), _ledger);

    [Theory]
    [InlineData("t1", "t1", CorrelationSituation.Linked, false)]
    [InlineData("t2", "t1", CorrelationSituation.Linked, true)]
    [InlineData("t1", null, CorrelationSituation.Linked, true)]
    [InlineData("t2", "t1", CorrelationSituation.Reanchored, true)]
    [InlineData("t2", "t1", CorrelationSituation.Disputed, false)]
    public void Who_is_as_the_ledger_knows_is_not_read(string changed, string? seen, CorrelationSituation situation, bool isRead)
    {
        InSource(Listed("1", changed, seen), situation);
        Assert.Equal(isRead ? ["1"] : [], Decide());
    }

    [Fact]
    public void Who_is_not_read_is_known_with_all_that_the_ledger_has_seen()
    {
        var user = Listed("1", "t1", "t1");
        InSource(user);
        var account = new AccountSnapshot(_users, isComplete: true);
        Assert.Empty(DetailNeeds.Decide(new ProvisioningRule("rule"), _people, account, _ledger));
        Assert.Equal("Boss", account.Find("1")!.Title);
        Assert.Equal("Boss", DetailNeeds.AsKnown(user, _ledger).Title);
        Assert.Same(_users[0], DetailNeeds.AsKnown(_users[0], new Ledger("account", "rule")));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_stranger_is_read_where_the_rule_may_take_strangers_over(bool mayAdopt, bool isRead)
    {
        InSource(Listed("1", "t1", isManaged: false), CorrelationSituation.Matched);
        Assert.Equal(isRead ? ["1"] : [], Decide(mayAdopt));
    }

    [Fact]
    public void Who_was_read_already_is_not_read_again_and_the_order_is_that_of_the_ids()
    {
        InSource(Listed("3", "t2", "t1"));
        InSource(Listed("1", "t2", "t1"));
        InSource(Listed("2", "t2", "t1", detail: UserDetail.Read));
        _people.Add(new Correlation(new DesiredUser(new ScimUser()), CorrelationSituation.Unmatched, null, null, "new"));
        Assert.Equal(["1", "3"], Decide());
    }

    [Theory]
    [InlineData("t2", "t1", true, UserDetail.Listed, true)]
    [InlineData("t1", "t1", true, UserDetail.Listed, false)]
    [InlineData("t2", "t1", false, UserDetail.Listed, false)]
    [InlineData("t2", "t1", null, UserDetail.Listed, true)]
    [InlineData("t2", "t1", true, UserDetail.Read, false)]
    public void A_leaver_is_read_where_something_changed_and_there_is_something_to_lose(
        string changed, string seen, bool? active, UserDetail detail, bool isRead)
    {
        Listed("2", changed, seen, detail: detail, active: active);
        Listed("1", changed, seen, detail: detail, active: active);
        InSource(Listed("here", "t2", "t1"));
        _ledger.Put(new LedgerEntry("gone from Zoom", "gone@example.com", LedgerOrigin.Created, default));
        Assert.Equal(isRead ? ["1", "2"] : [], DetailNeeds.OfLeavers(_ledger, _people, new AccountSnapshot(_users, isComplete: true)));
    }

    [Fact]
    public void A_manager_is_known_by_the_name_the_run_gives()
    {
        ScimUser User(string name) => new(new ScimUser { Id = "id-" + name, UserName = name }.Attributes, UserDetail.Read);
        Correlation Gets(string? name, ScimUser? user) =>
            new(new DesiredUser(name is null ? new ScimUser() : new ScimUser { UserName = name }), CorrelationSituation.Linked, user, null, "because");
        var account = new AccountSnapshot([User("ada"), User("bob"), User("cy")], isComplete: true);
        var names = new ManagerNames(account, [Gets("new", null), Gets("bobby", User("bob")), Gets("ada", User("cy")), Gets(null, User("ada"))]);

        Assert.Equal("NEW", names.Find("NEW"));
        Assert.Equal("bobby", names.Find("bobby"));
        Assert.Equal("bobby", names.Find("BOB"));

        // Somebody has that name still, so it may turn out not to be free.
        Assert.Equal("cy", names.Find("cy"));
        Assert.Equal("ada", names.Find("ada"));
        Assert.Null(names.Find("nobody"));
    }
}
