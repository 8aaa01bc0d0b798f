using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Licences, seats, managers, clearing, verification and transferees, decided over a fake account.</summary>
public class WholeUserTests
{
    private const string Jill = "jill@example.com";
    private readonly FakeZoom _zoom = new();
    private readonly FakeHost _host = new();
    private readonly ZoomScimConnection _connection;
    private readonly UserOperations _operations;

    public WholeUserTests()
    {
        _connection = Wishes.Connection(_zoom);
        _operations = new UserOperations(_connection);
    }

    private Task<ChangeResult?> Create(string address, Action<ScimUser>? wish = null) =>
        _operations.CreateAsync(Wishes.For(address, wish), IfExists.Fail, _host, ScimCall.None);

    private Task<ChangeResult?> Update(Action<ScimUser> wish, string address = Jill) =>
        _operations.UpdateAsync(Wishes.For(address, wish), _host, ScimCall.None);

    private Task<ChangeResult?> Remove(string address = Jill, RemoveAction action = RemoveAction.Disable, string? transferee = null) =>
        _operations.RemoveAsync(Wishes.For(address), action, transferee, _host, ScimCall.None);

    private ScimUser Held(string address = Jill) => new(_zoom.Get(address), UserDetail.None);

    private string[] Methods => _zoom.Writes.Select(w => w.Method).ToArray();

    // ---- What a deactivation takes

    [Fact]
    public async Task A_user_deactivated_and_reactivated_in_one_session_gets_plan_and_add_ons_back()
    {
        _zoom.Add(Jill, u =>
        {
            u.UserType = "Licensed";
            u.SetExtension("zoomOneBizPlus", "16");
            u.SetExtension("zoomScheduler", true);
            u.SetExtension("zoomDocs", false);
        });
        await Remove();
        Assert.Null(Held().GetExtension("zoomOneBizPlus"));

        var result = await Update(u => u.Active = true);

        Assert.Equal(PlanAction.Reactivate, result!.Action);
        Assert.Equal("16", Held().GetExtension("zoomOneBizPlus"));
        Assert.Equal(true, Held().GetExtension("zoomScheduler"));
        // What was not held is not sent, and the type follows the plan.
        Assert.Equal(["zoomOneBizPlus", "zoomScheduler"], result.Changes.Select(c => c.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Empty(_host.Warnings);
    }

    [Fact]
    public async Task A_user_without_a_plan_gets_the_user_type_back()
    {
        _zoom.Add(Jill, u => u.UserType = "Licensed");
        await Update(u => u.Active = false);
        await Update(u => u.Active = true);
        Assert.Equal("Licensed", Held().UserType);
        Assert.Empty(_host.Warnings);
    }

    [Fact]
    public async Task The_memory_is_of_the_connection_and_not_of_one_command()
    {
        _zoom.Add(Jill, u => u.UserType = "Licensed");
        await Remove();
        await new UserOperations(_connection).UpdateAsync(Wishes.For(Jill, u => u.Active = true), _host, ScimCall.None);
        Assert.Equal("Licensed", Held().UserType);
    }

    [Fact]
    public async Task A_licence_that_the_source_names_is_taken_instead_of_the_remembered_one()
    {
        _zoom.Add(Jill, u => u.SetExtension("zoomOneBizPlus", "16"));
        await Remove();
        await Update(u =>
        {
            u.Active = true;
            u.SetExtension("zoomOneEntPremier", "134217728");
        });
        Assert.Null(Held().GetExtension("zoomOneBizPlus"));
        Assert.Equal("134217728", Held().GetExtension("zoomOneEntPremier"));
        Assert.Empty(_host.Warnings);
    }

    [Fact]
    public async Task What_nobody_knows_is_said_and_not_guessed()
    {
        _zoom.Add(Jill, u => u.Active = false);
        var result = await Update(u => u.Active = true);
        Assert.Equal(["PATCH"], Methods);
        Assert.Contains("-License", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.Contains("-License", Assert.Single(result!.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_back_once_is_not_given_back_again()
    {
        _zoom.Add(Jill, u => u.UserType = "Licensed");
        await Remove();
        await Update(u => u.Active = true);
        await _zoom.SetActiveAsync(Held().Id!, false, ScimCall.None);
        _host.Warnings.Clear();

        await Update(u => u.Active = true);

        Assert.Equal("Basic", Held().UserType);
        Assert.Single(_host.Warnings);
    }

    // ---- Seats

    private void Refuse(string text, Func<ScimObject, bool> whom) => _zoom.Before = sent =>
    {
        if (sent.Body is { } body && whom(body))
        {
            throw FakeZoom.Refusal(409, text);
        }
    };

    [Fact]
    public async Task After_the_first_no_further_paid_licences_are_not_asked_for_and_the_report_counts_them()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.UserType = "Licensed"));
        _zoom.Clear();

        foreach (var address in new[] { "b@example.com", "c@example.com" })
        {
            var result = await Create(address, u => u.UserType = "Licensed");
            Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
            Assert.Contains("paid licence", result.Reason, StringComparison.Ordinal);
            Assert.Equal($"source of {address}", result.Source);
        }

        Assert.Empty(_zoom.Writes);
        Assert.Equal(ChangeOutcome.Done, (await Create("d@example.com", u => u.UserType = "Basic"))!.Outcome);
        var sentence = Assert.Single(_operations.SeatReport());
        Assert.Contains("2 more record(s)", sentence, StringComparison.Ordinal);
        Assert.Contains("paid licence", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_without_a_seat_still_does_the_rest()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        _zoom.Add("a@example.com");
        _zoom.Add(Jill, u => u.Department = "Sales");
        _zoom.Add("only@example.com");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Update(u => u.UserType = "Licensed", "a@example.com"));
        _zoom.Clear();

        var result = await Update(u =>
        {
            u.UserType = "Licensed";
            u.Department = "Research";
        });

        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
        Assert.Equal(("Research", "Basic"), (Held().Department, Held().UserType));
        Assert.Contains("the licence waits", Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.Equal(ChangeOutcome.Skipped, (await Update(u => u.UserType = "Licensed", "only@example.com"))!.Outcome);
        Assert.Single(_zoom.Writes);
        Assert.Contains("2 more record(s)", Assert.Single(_operations.SeatReport()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_ran_out_stops_that_plan_only()
    {
        Refuse("Cannot create more users with Zoom Workplace Business Plus.", body => body.Complex(ScimSchemas.ZoomUser)?.Text("zoomOneBizPlus") is not null);
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.SetExtension("zoomOneBizPlus", "16")));

        Assert.Equal(ChangeOutcome.Skipped, (await Create("b@example.com", u => u.SetExtension("zoomOneBizPlus", "16")))!.Outcome);
        Assert.Equal(ChangeOutcome.Done, (await Create("c@example.com", u => u.SetExtension("zoomOneEntPremier", "134217728")))!.Outcome);
        Assert.Equal(ChangeOutcome.Done, (await Create("d@example.com", u => u.UserType = "Licensed"))!.Outcome);
        Assert.Contains("BusinessPlus-US", Assert.Single(_operations.SeatReport()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The Zoom United Plan is invalid.")]
    [InlineData("Your request to add a basic user could not be approved at this time because your account has reached the permitted maximum number "
        + "of basic users")]
    public async Task A_no_that_is_not_about_a_seat_stops_nobody_else(string text)
    {
        Refuse(text, body => body.Text("userName") == "a@example.com");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.UserType = "Licensed"));
        Assert.Equal(ChangeOutcome.Done, (await Create("b@example.com", u => u.UserType = "Licensed"))!.Outcome);
        Assert.Empty(_operations.SeatReport());
    }

    [Fact]
    public async Task Another_command_asks_again()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.UserType = "Licensed"));
        _zoom.Before = null;
        var result = await new UserOperations(_connection).CreateAsync(
            Wishes.For("b@example.com", u => u.UserType = "Licensed"), IfExists.Fail, _host, ScimCall.None);
        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
    }

    // ---- Managers

    [Fact]
    public async Task A_manager_who_is_created_later_in_the_same_run_is_set_in_the_second_pass()
    {
        await Create(Jill, u =>
        {
            u.Manager = "boss@example.com";
            u.Department = "Sales";
        });
        Assert.Null(_zoom.Writes[0].Body!.Complex(ScimSchemas.EnterpriseUser)!["manager"]);
        await Create("boss@example.com");

        var pending = Assert.Single(_operations.PendingManagers);
        Assert.Equal((Jill, "boss@example.com", $"source of {Jill}"), (pending.UserName, pending.Manager, pending.Source));
        await _operations.SetManagerAsync(pending, _host, ScimCall.None);

        Assert.Equal(("boss@example.com", "Sales"), (Held().Manager, Held().Department));
        Assert.Empty(_operations.PendingManagers);
        Assert.Empty(_host.Warnings);
        Assert.Equal(2, _host.Questions.Count);
    }

    [Fact]
    public async Task A_manager_nobody_knows_is_a_warning_and_is_looked_up_once()
    {
        await Create("a@example.com", u => u.Manager = "nobody@example.com");
        await Create("b@example.com", u => u.Manager = "NOBODY@example.com");
        foreach (var pending in _operations.PendingManagers)
        {
            await _operations.SetManagerAsync(pending, _host, ScimCall.None);
        }

        Assert.Equal(2, _host.Warnings.Count);
        Assert.All(_host.Warnings, w => Assert.Contains("not a user of this Zoom account", w, StringComparison.Ordinal));
        Assert.Equal(["POST", "POST"], Methods);
        Assert.Single(_zoom.All, s => s.Target is "userName eq \"nobody@example.com\"" or "userName eq \"NOBODY@example.com\"");
        Assert.Empty(_operations.PendingManagers);
    }

    [Fact]
    public async Task An_update_with_an_unknown_manager_changes_everything_else()
    {
        _zoom.Add(Jill, u => u.Manager = "old@example.com");
        var result = await Update(u =>
        {
            u.Manager = "nobody@example.com";
            u.Department = "Research";
        });
        Assert.Equal(("Research", "old@example.com"), (Held().Department, Held().Manager));
        Assert.Contains("nobody@example.com", Assert.Single(result!.Warnings), StringComparison.Ordinal);

        var nothing = await Update(u => u.Manager = "nobody@example.com");
        Assert.Equal(ChangeOutcome.Skipped, nothing!.Outcome);
    }

    [Fact]
    public async Task Without_leave_to_create_no_manager_is_pending()
    {
        Assert.Null(await _operations.CreateAsync(
            Wishes.For(Jill, u => u.Manager = "boss@example.com"), IfExists.Fail, new FakeHost(answer: false), ScimCall.None));
        Assert.Empty(_operations.PendingManagers);
    }

    // ---- Clearing

    [Fact]
    public void What_takes_an_attribute_off_a_user_follows_from_its_kind()
    {
        Assert.Equal(string.Empty, ZoomAttributes.Title.ClearValue);
        Assert.Equal(string.Empty, ZoomAttributes.Manager.ClearValue);
        Assert.Equal(string.Empty, ZoomAttributes.Phone.ClearValue);
        Assert.Equal(Array.Empty<string>(), ZoomAttributes.Roles.ClearValue);
        Assert.Equal(false, ZoomExtension.Attribute("zoomScheduler").ClearValue);
        Assert.Equal("0", ZoomExtension.Attribute("zoomOneBizPlus").ClearValue);
        Assert.Equal("none", ZoomExtension.Attribute("zoomUnited").ClearValue);
        Assert.Equal("-1", ZoomExtension.Attribute("zoomPhoneCallingPlan").ClearValue);
        Assert.Equal(string.Empty, ZoomExtension.Attribute("pronouns").ClearValue);
        Assert.Equal(
            ["Active", "DisplayName", "Email", "FamilyName", "GivenName", "UserName", "UserType"],
            ZoomAttributes.All.Where(a => !a.CanBeCleared).Select(a => a.Name).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_attribute_that_can_be_cleared_is_sent_as_cleared_and_comes_off()
    {
        _zoom.Add("boss@example.com");
        _zoom.Add(Jill, u =>
        {
            u.Title = "Chief";
            u.Department = "Sales";
            u.Manager = "boss@example.com";
            u.Fax = "+1 5125550199";
            u.Phone = "+1 5125550123";
            u.SetExtension("zoomScheduler", true);
        });
        var cleared = new[]
        {
            ZoomAttributes.Title,
            ZoomAttributes.Department,
            ZoomAttributes.Manager,
            ZoomAttributes.Fax,
            ZoomExtension.Attribute("zoomScheduler"),
        };

        var result = await Update(u =>
        {
            foreach (var attribute in cleared)
            {
                attribute.Set(u, attribute.ClearValue);
            }
        });

        Assert.Equal(cleared.Length, result!.Changes.Count);
        Assert.All(cleared, a => Assert.True(ZoomAttribute.IsEmpty(a.Get(Held())) || Equals(a.Get(Held()), false), a.Name));
        Assert.Equal("+1 5125550123", Held().Phone);
        Assert.Empty(_host.Warnings);
    }

    [Fact]
    public async Task What_Zoom_did_not_clear_is_a_warning_and_a_property_of_the_result()
    {
        _zoom.Add(Jill, u => u.Title = "Chief");
        _zoom.Ignored.Add("title");
        var result = await Update(u => u.Title = string.Empty);
        Assert.Equal(["Title"], result!.NotApplied.Select(c => c.Name));
        Assert.Contains("shows 'Chief'", Assert.Single(_host.Warnings), StringComparison.Ordinal);
    }

    // ---- Writes

    [Fact]
    public async Task Verify_reads_back_what_the_reply_does_not_tell()
    {
        _zoom.Add(Jill, u => u.CostCenter = "US01");
        _zoom.Ignored.Add("costCenter");
        Assert.Empty((await Update(u => u.CostCenter = "US02"))!.NotApplied);

        var result = await new UserOperations(_connection, verify: true).UpdateAsync(Wishes.For(Jill, u => u.CostCenter = "US02"), _host, ScimCall.None);

        Assert.False(result!.Verified);
        Assert.Equal(["CostCenter"], result.NotApplied.Select(c => c.Name));
        Assert.Equal(UserDetail.Read, result.User!.Detail);
        Assert.Contains("CostCenter", Assert.Single(_host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Verify_nobody_reads_back_and_with_it_a_good_write_is_verified()
    {
        Assert.Null((await Create("a@example.com", u => u.Department = "Sales"))!.Verified);
        Assert.DoesNotContain(_zoom.All, s => s.Method == "GET");
        Assert.True((await new UserOperations(_connection, verify: true).CreateAsync(
            Wishes.For(Jill, u => u.Department = "Sales"), IfExists.Fail, _host, ScimCall.None))!.Verified);
    }

    [Theory]
    [InlineData("zoomOneBizPlus", "16", false)]
    [InlineData("zoomUnited", "1", false)]
    [InlineData("zoomAutoDialer", "1073741824", true)]
    [InlineData("zoomFrontline", "2048", true)]
    public async Task The_user_type_is_left_out_beside_a_bundle_plan_and_not_beside_the_other_plans(string plan, string code, bool sent)
    {
        await Create(Jill, u =>
        {
            u.UserType = "Licensed";
            u.SetExtension(plan, code);
        });
        Assert.Equal(sent, _zoom.Writes[0].Body!.Has("userType"));
        Assert.Equal(code, _zoom.Writes[0].Body!.Complex(ScimSchemas.ZoomUser)![plan]);
    }

    [Fact]
    public async Task A_new_number_keeps_the_others_in_the_request()
    {
        _zoom.Add(Jill, u => u.PhoneNumbers = [new("+1 1", "mobile"), new("+1 2", "home"), new("+1 3", "fax"), new("+1 4", "office")]);
        await Update(u => u.HomePhone = "+1 5125550123");
        Assert.Equal(
            ["fax +1 3", "home +1 5125550123", "mobile +1 1", "office +1 4"],
            _zoom.Writes[0].Body!
                .Items("phoneNumbers")
                .Cast<ScimObject>()
                .Select(p => $"{p.Text("type")} {p.Text("value")}")
                .OrderBy(p => p, StringComparer.Ordinal));
    }

    // ---- Transferees

    [Theory]
    [InlineData(RemoveAction.Disable, "PATCH")]
    [InlineData(RemoveAction.Delete, "DELETE")]
    public async Task The_transferee_is_named_before_the_user_goes(RemoveAction action, string method)
    {
        _zoom.Add(Jill);
        _zoom.Add("joe@example.com");
        await Remove(Jill, action, "joe@example.com");
        Assert.Equal(["PUT", method], Methods);
        Assert.Equal("joe@example.com", _zoom.Writes[0].Body!.Complex(ScimSchemas.ZoomUser)!["transferee"]);
        Assert.Equal(["schemas", ScimSchemas.ZoomUser], _zoom.Writes[0].Body!.Names);
    }

    [Fact]
    public async Task A_transferee_nobody_knows_stops_the_removal_before_anything_is_sent()
    {
        _zoom.Add(Jill);
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => Remove(Jill, RemoveAction.Delete, "nobody@example.com"));
        Assert.Equal("Zoom.Record.UnknownTransferee", error.ErrorId);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task A_deactivated_user_is_not_deleted_without_the_transferee_that_was_asked_for()
    {
        _zoom.Add(Jill, u => u.Active = false);
        _zoom.Add("joe@example.com");
        Assert.Equal(
            "Zoom.User.Inactive",
            (await Assert.ThrowsAsync<ScimUserStateException>(() => Remove(Jill, RemoveAction.Delete, "joe@example.com"))).ErrorId);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task A_delete_does_not_happen_when_the_transferee_is_refused()
    {
        _zoom.Add(Jill);
        _zoom.Add("joe@example.com");
        Refuse("Validation Failed.", body => body.Has(ScimSchemas.ZoomUser));
        await Assert.ThrowsAsync<ScimBadRequestException>(() => Remove(Jill, RemoveAction.Delete, "joe@example.com"));
        Assert.True(_zoom.Exists(Jill));
    }

    [Fact]
    public async Task Nobody_is_the_transferee_of_their_own_data()
    {
        _zoom.Add(Jill);
        await Assert.ThrowsAsync<ScimRecordException>(() => Remove(Jill, RemoveAction.Delete, "JILL@example.com"));
        Assert.Empty(_zoom.Writes);
    }
}
