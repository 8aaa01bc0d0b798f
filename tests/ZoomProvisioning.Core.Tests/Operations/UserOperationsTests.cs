using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

public class UserOperationsTests
{
    private readonly FakeZoom _zoom = new();
    private readonly FakeHost _host = new();

    private UserOperations Operations(Action<ZoomScimConnection>? switches = null) => new(Wishes.Connection(_zoom, switches));

    private Task<ChangeResult?> CreateAsync(DesiredUser wish, IfExists ifExists = IfExists.Fail) =>
        Operations().CreateAsync(wish, ifExists, _host, ScimCall.None);

    private string[] Requests => _zoom.All.Select(s => s.Method).ToArray();

    // ---- Create

    [Fact]
    public async Task A_create_is_one_request()
    {
        var result = await CreateAsync(Wishes.For("jill@example.com", u => { u.GivenName = "Jill"; u.FamilyName = "O'Brien"; }));

        Assert.Equal(["POST"], Requests);
        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
        Assert.Equal("Jill O'Brien", result.User!.DisplayName);
        Assert.Equal(["Jill O'Brien <jill@example.com>: Create Zoom user"], _host.Questions);
        Assert.Contains(_host.Told, t => t.Contains("GivenName"));
        Assert.Empty(_host.Warnings);
    }

    [Fact]
    public async Task Without_a_user_name_nothing_is_sent_and_the_error_names_the_columns()
    {
        var exception = await Assert.ThrowsAsync<ScimRecordException>(
            () => CreateAsync(new DesiredUser(new ScimUser { GivenName = "Jill" }) { Label = "record 7" }));

        Assert.Equal("Zoom.Record.NoUserName", exception.ErrorId);
        Assert.Contains("record 7", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UserPrincipalName", exception.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_zoom.All);
    }

    [Theory]
    [InlineData(true, "active")]
    [InlineData(false, "deactivated")]
    public async Task An_existing_user_is_an_error_that_tells_its_state_and_id(bool active, string state)
    {
        var id = _zoom.Add("jill@example.com", u => u.Active = active);

        var exception = await Assert.ThrowsAsync<ScimConflictException>(() => CreateAsync(Wishes.For("JILL@example.com", u => u.Department = "Sales")));

        Assert.Equal("Zoom.User.AlreadyExists", exception.ErrorId);
        Assert.Contains(state, exception.Message, StringComparison.Ordinal);
        Assert.Contains(id, exception.Message, StringComparison.Ordinal);
        Assert.Contains("-IfExists Update", exception.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["POST", "LIST"], Requests);
        Assert.Null(new ScimUser(_zoom.Get("jill@example.com"), UserDetail.None).Department);
    }

    [Fact]
    public async Task An_existing_user_can_be_skipped_which_is_told()
    {
        _zoom.Add("jill@example.com");

        var result = await CreateAsync(Wishes.For("jill@example.com", u => u.Department = "Sales"), IfExists.Skip);

        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
        Assert.Contains("exists already", result.Reason, StringComparison.Ordinal);
        Assert.Equal("source of jill@example.com", result.Source);
        Assert.Empty(_zoom.Writes);
        Assert.Empty(_host.Questions);
    }

    [Fact]
    public async Task An_existing_user_can_be_adopted_with_only_what_differs()
    {
        _zoom.Add("jill@example.com", u => { u.Department = "Sales"; u.UserType = "Licensed"; });

        var result = await CreateAsync(Wishes.For("jill@example.com", u => { u.Department = "Research"; u.UserType = "Licensed"; }), IfExists.Update);

        Assert.Equal(PlanAction.Update, result!.Action);
        Assert.Equal(["Department"], result.Changes.Select(c => c.Name));
        Assert.Equal(["LIST", "GET", "PUT"], Requests);
        Assert.Equal("Research", new ScimUser(_zoom.Get("jill@example.com"), UserDetail.None).Department);
    }

    [Fact]
    public async Task A_deactivated_user_is_adopted_by_activating_first()
    {
        _zoom.Add("jill@example.com", u => u.Active = false);

        var result = await CreateAsync(Wishes.For("jill@example.com", u => { u.Active = true; u.Department = "Sales"; }), IfExists.Update);

        Assert.Equal(PlanAction.Reactivate, result!.Action);
        Assert.Equal(["PATCH", "PUT"], _zoom.Writes.Select(w => w.Method));
    }

    [Fact]
    public async Task A_user_who_appeared_between_look_up_and_create_is_treated_as_existing()
    {
        _zoom.Before = sent =>
        {
            if (sent.Method == "POST" && !_zoom.Exists("jill@example.com"))
            {
                _zoom.Add("jill@example.com");
            }
        };

        var result = await CreateAsync(Wishes.For("jill@example.com", u => u.Department = "Sales"), IfExists.Update);

        Assert.Equal(PlanAction.Update, result!.Action);
        Assert.Equal(["LIST", "POST", "LIST", "GET", "PUT"], Requests);
    }

    [Fact]
    public async Task An_address_in_use_that_cannot_be_found_keeps_Zooms_words()
    {
        _zoom.Before = sent =>
        {
            if (sent.Method == "POST")
            {
                throw FakeZoom.Refusal(400, "The email \"jill@example.com\" is already in use.");
            }
        };

        var exception = await Assert.ThrowsAsync<ScimConflictException>(() => CreateAsync(Wishes.For("jill@example.com"), IfExists.Update));

        Assert.Equal("The email \"jill@example.com\" is already in use.", exception.ZoomMessage);
        Assert.Equal(["LIST", "POST", "LIST"], Requests);
    }

    [Fact]
    public async Task A_pending_or_foreign_address_is_told_apart_and_nothing_is_created()
    {
        _zoom.PendingOrForeign.Add("jill@example.com");

        var result = await CreateAsync(Wishes.For("jill@example.com"), IfExists.Update);

        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
        Assert.Equal("Zoom.User.PendingOrForeign", result.Error!.ErrorId);
        Assert.Contains("pending invitation", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task Somebody_inactive_in_the_source_is_not_created()
    {
        var result = await CreateAsync(Wishes.For("jill@example.com", u => u.Active = false));

        Assert.Equal(ChangeOutcome.NoChange, result!.Outcome);
        Assert.Contains("not active in the source", result.Reason, StringComparison.Ordinal);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task Somebody_created_inactive_on_purpose_is_created_and_deactivated()
    {
        var result = await CreateAsync(Wishes.For("jill@example.com", u => u.Active = false, activeIsExplicit: true));

        Assert.Equal(["POST", "PATCH"], _zoom.Writes.Select(w => w.Method));
        Assert.False(result!.User!.Active);
    }

    [Fact]
    public async Task A_blocked_capability_is_a_skip_that_is_told_and_asks_nothing()
    {
        var result = await Operations(c => c.AllowCreate = false).CreateAsync(Wishes.For("jill@example.com"), IfExists.Fail, _host, ScimCall.None);

        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
        Assert.Contains("-AllowCreate", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.Empty(_host.Questions);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task A_refusal_of_Zoom_is_thrown_as_it_is()
    {
        _zoom.Before = sent =>
        {
            if (sent.Method == "POST")
            {
                throw FakeZoom.Refusal(409, "Cannot add paid users.");
            }
        };

        Assert.Equal("Zoom.Seats.NoPaidLicence", (await Assert.ThrowsAsync<ScimSeatsException>(() => CreateAsync(Wishes.For("jill@example.com")))).ErrorId);
    }

    [Fact]
    public async Task The_readers_warnings_are_said_and_kept()
    {
        var wish = new DesiredUser(new ScimUser { UserName = "jill@example.com" }) { Warnings = ["jill@example.com: a remark"] };

        var result = await CreateAsync(wish);

        Assert.Equal(["jill@example.com: a remark"], _host.Warnings);
        Assert.Equal(["jill@example.com: a remark"], result!.Warnings);
    }

    // ---- Leave

    [Fact]
    public async Task Without_leave_no_write_is_sent_and_no_result_given()
    {
        _zoom.Add("jill@example.com", u => u.Department = "Sales");
        var operations = Operations();
        var host = new FakeHost(answer: false);

        Assert.Null(await operations.CreateAsync(Wishes.For("new@example.com"), IfExists.Fail, host, ScimCall.None));
        Assert.Null(await operations.CreateAsync(Wishes.For("jill@example.com", u => u.Department = "x"), IfExists.Update, host, ScimCall.None));
        Assert.Null(await operations.UpdateAsync(Wishes.For("jill@example.com", u => u.Active = false), host, ScimCall.None));
        Assert.Null(await operations.RemoveAsync(Wishes.For("jill@example.com"), RemoveAction.Disable, null, host, ScimCall.None));
        Assert.Null(await operations.RemoveAsync(Wishes.For("jill@example.com"), RemoveAction.Delete, null, host, ScimCall.None));

        Assert.Equal(5, host.Questions.Count);
        Assert.Contains("DELETE", host.Questions[4], StringComparison.Ordinal);
        Assert.Contains("Department: 'Sales' → 'x'", host.Questions[1], StringComparison.Ordinal);
        Assert.Empty(_zoom.Writes);
    }

    // ---- Update

    [Fact]
    public async Task An_update_by_id_reads_once_and_sends_what_differs()
    {
        var id = _zoom.Add("jill@example.com", u => u.Department = "Sales");

        var result = await Operations().UpdateAsync(new DesiredUser(new ScimUser { Department = "Research" }) { ZoomId = id }, _host, ScimCall.None);

        Assert.Equal(["GET", "PUT"], Requests);
        Assert.Equal("jill@example.com", result!.UserName);
        Assert.Equal(ChangeOutcome.Done, result.Outcome);
    }

    [Fact]
    public async Task An_update_that_changes_nothing_sends_and_asks_nothing()
    {
        _zoom.Add("jill@example.com", u => u.Department = "Sales");

        var result = await Operations().UpdateAsync(Wishes.For("jill@example.com", u => u.Department = "Sales"), _host, ScimCall.None);

        Assert.Equal(ChangeOutcome.NoChange, result!.Outcome);
        Assert.Empty(_zoom.Writes);
        Assert.Empty(_host.Questions);
    }

    [Fact]
    public async Task A_rename_finds_the_user_by_its_present_name()
    {
        _zoom.Add("jill@example.com");

        var wish = new DesiredUser(new ScimUser { UserName = "jill.new@example.com", Email = "jill.new@example.com" }) { CurrentUserName = "jill@example.com" };
        var result = await Operations().UpdateAsync(wish, _host, ScimCall.None);

        Assert.True(_zoom.Exists("jill.new@example.com"));
        Assert.False(_zoom.Exists("jill@example.com"));
        Assert.Equal("jill.new@example.com", result!.UserName);
    }

    [Fact]
    public async Task Updating_nobody_is_an_error()
    {
        Assert.Equal(
            "Zoom.User.NotFound",
            (await Assert.ThrowsAsync<ScimNotFoundException>(() => Operations().UpdateAsync(Wishes.For("nobody@example.com"), _host, ScimCall.None))).ErrorId);
        Assert.Equal("Zoom.User.NotFound", (await Assert.ThrowsAsync<ScimNotFoundException>(
            () => Operations().UpdateAsync(new DesiredUser(new ScimUser()) { ZoomId = "gone" }, _host, ScimCall.None))).ErrorId);
        Assert.Equal("Zoom.Record.NoIdentity", (await Assert.ThrowsAsync<ScimRecordException>(
            () => Operations().UpdateAsync(new DesiredUser(new ScimUser { Department = "x" }), _host, ScimCall.None))).ErrorId);
    }

    [Fact]
    public async Task What_Zoom_ignored_is_warned_of()
    {
        _zoom.Add("jill@example.com", u => u.DisplayName = "Old");
        _zoom.Ignored.Add("displayName");

        await Operations().UpdateAsync(Wishes.For("jill@example.com", u => u.DisplayName = "New"), _host, ScimCall.None);

        Assert.Contains("jill@example.com: Zoom accepted DisplayName", Assert.Single(_host.Warnings), StringComparison.Ordinal);
    }

    // ---- Remove

    [Fact]
    public async Task A_removal_disables_or_deletes_as_it_is_told()
    {
        _zoom.Add("a@example.com");
        _zoom.Add("b@example.com");

        var disabled = await Operations().RemoveAsync(Wishes.For("a@example.com"), RemoveAction.Disable, null, _host, ScimCall.None);
        var deleted = await Operations().RemoveAsync(Wishes.For("b@example.com"), RemoveAction.Delete, null, _host, ScimCall.None);

        Assert.Equal(PlanAction.Disable, disabled!.Action);
        Assert.Equal(false, _zoom.Get("a@example.com")["active"]);
        Assert.Equal(PlanAction.Delete, deleted!.Action);
        Assert.False(_zoom.Exists("b@example.com"));
    }

    [Fact]
    public async Task Disabling_twice_is_nothing_to_do()
    {
        _zoom.Add("a@example.com", u => u.Active = false);

        var result = await Operations().RemoveAsync(Wishes.For("a@example.com"), RemoveAction.Disable, null, _host, ScimCall.None);

        Assert.Equal(ChangeOutcome.NoChange, result!.Outcome);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task A_removal_that_is_switched_off_is_a_skip_that_is_told()
    {
        _zoom.Add("a@example.com");

        var result = await Operations(c => c.AllowDeprovision = false).RemoveAsync(
            Wishes.For("a@example.com"), RemoveAction.Delete, null, _host, ScimCall.None);

        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
        Assert.Contains("-AllowDeprovision", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.True(_zoom.Exists("a@example.com"));
    }

    // ---- The connection's test

    [Theory]
    [InlineData(TestOutcome.Passed, ConnectionStatus.Valid)]
    [InlineData(TestOutcome.Warning, ConnectionStatus.Valid)]
    [InlineData(TestOutcome.Failed, ConnectionStatus.Invalid)]
    public async Task The_verdict_of_a_test_is_remembered(TestOutcome outcome, ConnectionStatus expected)
    {
        _zoom.TestSteps =
        [
            new ConnectionTestStep("Token", TestOutcome.Passed, TimeSpan.Zero, "ok"),
            new ConnectionTestStep("ScimRead", outcome, TimeSpan.Zero, "hm"),
        ];
        var connection = new ZoomScimConnection("prod", _zoom);
        Assert.Equal(ConnectionStatus.Invalid, connection.Status);

        var steps = await new ConnectionTest(connection).RunAsync(ScimCall.None);

        Assert.Equal(expected, connection.Status);
        Assert.All(steps, s => Assert.Equal("prod", s.Connection));
        Assert.Same(steps, connection.LastTest);
        Assert.NotNull(connection.TestedAt);
    }
}
