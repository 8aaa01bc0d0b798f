using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;
using static ZoomProvisioning.Tests.Reconcile.PlanScene;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>Who is whom where several have an address, a key is nearly another's, or somebody is known by a Zoom id alone.</summary>
public class IdentityBorderTests
{
    private readonly PlanScene _scene = new();

    private string Reason(params DesiredUser[] people) => _scene.Plan(people).Changes.Single(c => c.Desired == people[0]).Reason;

    [Fact]
    public void Who_is_known_by_the_Zoom_id_alone_may_give_an_address_up()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ben", null);
        var ben = Person("ben.new", null) with { ZoomId = "2", CurrentUserName = "ben@example.com" };
        Assert.Equal("Update ada; Update ben", Story(_scene.Plan(Person("ben", "E1"), ben)));
    }

    [Fact]
    public void The_key_says_who_gives_an_address_up_and_not_the_id_of_a_user_who_is_gone()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ben", "E2");
        Assert.Equal("Update ada; Update ben", Story(_scene.Plan(Person("ada.new", "E1") with { ZoomId = "99" }, Person("ada", "E2"))));
    }

    [Theory]
    [InlineData("e12", "E12", "Relink ada (held)")]
    [InlineData("007", "7", "Relink ada (held)")]
    [InlineData("e12", "E13", "Create ada.married; Disable ada")]
    public void A_key_in_other_letters_or_zeros_under_another_address_is_perhaps_the_same_person(string before, string now, string story)
    {
        _scene.Knows("1", "ada", before);
        Assert.Equal(story, Story(_scene.Plan(Person("ada.married", now))));
    }

    [Fact]
    public void A_stranger_at_the_address_is_not_the_one_whose_key_it_nearly_is()
    {
        _scene.Knows("1", "ada", "001");
        _scene.InZoom("9", "new");
        Assert.Equal("Relink ada (held)", Story(_scene.Plan(Person("new", "1"))));
    }

    [Theory]
    // Which of the two users of one address the ledger knows.
    [InlineData(true, false, "Relink ada (held)")]
    [InlineData(true, true, "Blocked ada")]
    [InlineData(false, false, "Blocked ada")]
    public void Of_two_users_of_one_address_under_another_key_the_one_known_is_asked_about(bool knowsFirst, bool knowsSecond, string story)
    {
        _ = knowsFirst ? _scene.Knows("1", "ada", "C-77").Seen : _scene.InZoom("1", "ada");
        _ = knowsSecond ? _scene.Knows("2", "ada", "C-78").Seen : _scene.InZoom("2", "ada");
        Assert.Equal(story, Story(_scene.Plan(Person("ada", "E1"))));
    }

    [Fact]
    public void Whose_own_address_it_is_does_not_contradict_the_key_because_another_has_it_too()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.Knows("2", "ada", "E2");
        Assert.Equal("NoOp 1", string.Join("; ", _scene.Plan(Person("ada", "E1")).Changes.Where(c => !c.Leaves).Select(c => $"{c.Action} {c.ZoomId}")));
    }

    [Fact]
    public void People_are_called_as_Zoom_has_them_now()
    {
        _scene.Knows("1", "ada", "E1");
        _scene.InZoom("1", "countess");
        _scene.Knows("2", "ben", "E2");
        Assert.StartsWith(
            "its anchor is that of 'countess@example.com' ('E1' of the source), but its address that of 'ben@example.com' ('E2' of the source), ",
            Reason(Person("ben", "E1")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_whose_key_it_nearly_is_all_are_named_in_the_order_of_their_ids()
    {
        foreach (var (id, name, anchor) in new[] { ("3", "cy", "0007"), ("1", "ada", "007"), ("2", "ben", "07") })
        {
            _scene.Knows(id, name, anchor);
        }

        Assert.StartsWith(
            "its anchor '7' is nearly that of 'ada@example.com' ('007' of the source) and that of 'ben@example.com' ('07' of the source) "
                + "and that of 'cy@example.com' ('0007' of the source), so nobody can say who it is",
            Reason(Person("new", "7")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_own_address_somebody_else_is_to_get_has_not_left()
    {
        _scene.Knows("1", "ada", null);
        _scene.Knows("2", "ben", null);
        var ben = Person("ada", null) with { ZoomId = "2", CurrentUserName = "ben@example.com" };
        Assert.DoesNotContain(_scene.Plan(ben).Changes, c => c.ZoomId == "1");
        Assert.Contains(_scene.Plan(ben with { Values = Person("adele", null).Values }).Changes, c => c is { ZoomId: "1", Leaves: true });
    }

    [Theory]
    // The address in Zoom, the one last seen, who has that now, and whether the person is in the source, which has ada.
    [InlineData("ada", "old", null, true)]
    [InlineData("ADA", null, null, true)]
    [InlineData("new", "ada", null, true)]
    [InlineData("new", "ada", "ada", false)]
    [InlineData("new", "old", null, false)]
    [InlineData(null, "ada", null, true)]
    [InlineData(null, null, null, false)]
    public void An_active_record_has_somebodys_own_address(string? now, string? seen, string? other, bool isThere)
    {
        static string? Mail(string? name) => name is null ? null : $"{name}@example.com";
        if (other is not null)
        {
            _scene.InZoom("9", other);
        }

        var active = new ActiveAddresses(new SourceSnapshot([Person("ada", null), Person("gone", null, active: false)], [], []), _scene.Account);
        var entry = seen is null ? null : new LedgerEntry("1", Mail(seen)!, LedgerOrigin.Created, default);
        Assert.Equal(isThere, active.Include(Mail(now), entry));
        Assert.False(active.Include(Mail("gone"), null));
    }

    [Fact]
    public void A_record_out_of_scope_is_about_who_has_its_key_before_who_has_its_address()
    {
        _scene.Knows("1", "ada", "a1");
        _scene.Knows("2", "ben", "a2");
        var plan = _scene.Plan(new SourceSnapshot([], [Person("ada", "a2")], []));
        Assert.Equal(["no longer in the source", "no longer in the rule's scope"], plan.Changes.Select(c => c.Reason));
    }
}
