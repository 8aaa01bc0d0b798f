using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Fact sheet section 10, rows 34 to 37 and 42 to 48. Rows 38 to 41 are about groups.</summary>
public sealed class Rows34To48Tests
{
    [Theory]
    [InlineData("ignored")]
    [InlineData("stored")]
    public async Task Row_34_a_manager_is_set_when_all_users_are_there(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("unknown_manager", position));
        await zoom.Create(u => u.Manager = "boss@example.com");
        await zoom.Create(address: "boss@example.com");
        Assert.DoesNotContain("manager", zoom.Requests("POST")[0].Body);
        var pending = Assert.Single(zoom.Operations.PendingManagers);
        await zoom.Run(() => zoom.Operations.SetManagerAsync(pending, zoom, ScimCall.None));

        Assert.Equal("boss@example.com", zoom.Held("manager"));
        Assert.Empty(zoom.Warnings);
        Assert.Empty(zoom.Operations.PendingManagers);
    }

    [Theory]
    [InlineData("ignored", "nobody@example.com")]
    [InlineData("stored", "nobody@example.com")]
    [InlineData("ignored", "pending@example.com")]
    [InlineData("stored", "foreign@example.com")]
    public async Task Row_34_a_manager_who_is_no_user_is_left_out_with_a_word_and_nothing_else_is_lost(string position, string manager)
    {
        using var zoom = new Tenant(Tenant.Switch("unknown_manager", position));
        await zoom.Create(u =>
        {
            u.Manager = manager;
            u.Department = "Sales";
        });
        await zoom.Run(() => zoom.Operations.SetManagerAsync(zoom.Operations.PendingManagers[0], zoom, ScimCall.None));
        Assert.Contains(manager, Assert.Single(zoom.Warnings));
        zoom.Warnings.Clear();

        await zoom.Update(u =>
        {
            u.Manager = manager;
            u.Department = "Research";
        });
        Assert.Contains(manager, Assert.Single(zoom.Warnings));
        Assert.Equal(("Research", null), (zoom.Held("department"), zoom.Held("manager")));
        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("manager", w.Body));
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("ignored")]
    public async Task Row_35_an_employee_number_that_Zoom_drops_is_told(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("duplicate_employee_number", position), verify: true);
        await zoom.Create(u => u.EmployeeNumber = "123", "joe@example.com");
        var created = await zoom.Create(u => u.EmployeeNumber = "123");
        Assert.Equal(position == "stored" ? "123" : null, zoom.Held("employeeNumber"));
        Assert.Equal(position == "stored" ? [] : ["EmployeeNumber"], created.NotApplied.Select(c => c.Name));

        // The reply to an update does not tell the number; reading back does.
        var updated = await zoom.Update(u => u.EmployeeNumber = "123");
        Assert.Equal(position == "stored" ? ChangeOutcome.NoChange : ChangeOutcome.Done, updated.Outcome);
        Assert.Equal(position == "stored" ? [] : ["EmployeeNumber"], updated.NotApplied.Select(c => c.Name));
    }

    [Fact]
    public async Task Row_36_a_custom_attribute_is_sent_by_a_command_and_what_Zoom_never_tells_is_not_held_against_it()
    {
        using var zoom = new Tenant(state: """{"account":{"customAttributes":["badge"]},"users":[]}""", verify: true);
        var created = await zoom.Create(u => u.SetExtension("badge", "B1"));
        Assert.Equal("B1", zoom.Held("badge"));
        Assert.Empty(created.Warnings);
        Assert.True(created.Verified);

        await zoom.Update(u => u.SetExtension("badge", "B2"));
        Assert.Equal("B2", zoom.Held("badge"));
        Assert.Empty(zoom.Warnings);
        // A run that comes again does not send it again.
        Assert.Equal(PlanAction.NoOp, Assert.Single((await zoom.PlanAgain(Tenant.Wish(u => u.SetExtension("badge", "B2")))).Changes).Action);
    }

    [Theory]
    [InlineData("owner@example.com")]
    [InlineData("admin@example.com")]
    public async Task Row_37_admins_and_the_owner_are_skipped_and_not_failed(string address)
    {
        using var zoom = new Tenant();
        var results = new[]
        {
            await zoom.Remove(RemoveAction.Disable, address),
            await zoom.Remove(RemoveAction.Delete, address),
            await zoom.Update(u => u.Active = false, address),
            await zoom.Update(new DesiredUser(new ScimUser { UserName = "new@example.com", Email = "new@example.com" }) { CurrentUserName = address }),
        };
        Assert.All(results, r => Assert.Equal(ChangeOutcome.Skipped, r.Outcome));
        Assert.Equal(4, zoom.Warnings.Count);
        Assert.Equal("True", zoom.Held("active", address));
        // What may be changed of them is.
        Assert.Equal(ChangeOutcome.Done, (await zoom.Update(u => u.Department = "Board", address)).Outcome);
    }

    [Fact]
    public async Task Row_37_a_room_is_skipped_and_not_failed()
    {
        using var zoom = new Tenant(state: """{"users":[{"id":"room1","userName":"room@example.com","userType":"Licensed","zoomSimulator":{"room":true}}]}""");
        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Remove(RemoveAction.Disable, "room@example.com")).Outcome);
        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Update(u => u.UserType = "Basic", "room@example.com")).Outcome);
        Assert.Equal(2, zoom.Warnings.Count);
        Assert.Equal(("True", "Licensed"), (zoom.Held("active", "room@example.com"), zoom.Held("userType", "room@example.com")));
    }

    [Fact]
    public async Task Row_42_a_connection_is_tested_by_a_token_and_one_user()
    {
        using var zoom = new Tenant();
        var steps = await zoom.Test();
        Assert.DoesNotContain(steps, s => s.Outcome == TestOutcome.Failed);
        var request = Assert.Single(zoom.Requests());
        Assert.Equal(("GET", "/scim2/Users", "startIndex=1&count=1"), (request.Method, request.Path, request.Query.TrimStart('?')));
        Assert.Single(zoom.TokenRequests());
    }

    [Theory]
    [InlineData("k&KdKr6TLWuxdDtk0hjSzL")]
    [InlineData("exZxfwvaQXOJxUyRV-YslA")]
    [InlineData("a_b+c=d%2F&e")]
    [InlineData("/ab//c+d=")]
    [InlineData("a?b#c d%25")]
    public async Task Row_43_whatever_is_in_an_id_the_user_is_reached_or_the_host_is_named(string id)
    {
        using var zoom = new Tenant(state: $$"""{"users":[{"id":"{{id}}","userName":"{{Tenant.Jill}}"}]}""");
        try
        {
            await zoom.Update(new DesiredUser(new ScimUser { Department = "Sales" }) { ZoomId = id });
        }
        catch (ScimRecordException exception) when (exception.ErrorId == "Zoom.Record.IdNotAddressable")
        {
            // Windows PowerShell's .NET cannot send such a path unchanged, and says so.
            Assert.Contains("/", id);
            Assert.Contains("PowerShell 7", exception.RecommendedAction);
            return;
        }

        Assert.Equal("Sales", zoom.Held("department"));
        await zoom.Remove();
        Assert.Equal("False", zoom.Held("active"));
        await zoom.Remove(RemoveAction.Delete);
        Assert.False(zoom.Exists());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Row_44_a_user_who_shows_late_is_waited_for(int reads)
    {
        using var zoom = new Tenant(Tenant.Switch("eventual_consistency_reads", reads), verify: true);
        var created = await zoom.Create(u => u.Department = "Sales");
        Assert.True(created.Verified);
        Assert.Empty(zoom.Warnings);
        Assert.Equal(ChangeOutcome.Done, (await zoom.Update(u => u.Department = "Research")).Outcome);
    }

    [Fact]
    public async Task Row_44_a_user_who_was_created_and_does_not_show_is_created_and_not_failed()
    {
        using var zoom = new Tenant(Tenant.Switch("eventual_consistency_reads", 1000), verify: true);
        var created = await zoom.Create(u => u.Department = "Sales");
        Assert.Equal(ChangeOutcome.Done, created.Outcome);
        Assert.NotNull(created.Id);
        Assert.Null(created.Verified);
        Assert.Contains("read back", Assert.Single(zoom.Warnings));
        Assert.Single(zoom.Requests("POST"));
    }

    [Fact]
    public async Task Row_45_no_condition_is_sent_and_the_constant_version_means_nothing()
    {
        using var zoom = new Tenant();
        await zoom.Create();
        await zoom.Update(u => u.Department = "Sales");
        await zoom.Remove();
        await zoom.Remove(RemoveAction.Delete);
        Assert.All(zoom.Headers, h => Assert.DoesNotContain("If-", h.Names));
        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("meta", w.Body));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("number")]
    public async Task Row_46_a_plan_code_is_a_text_on_the_way_there_whatever_it_is_on_the_way_back(string position)
    {
        const string Code = "576460752303423488";
        using var zoom = new Tenant(Tenant.Switch("plan_codes_as", position), verify: true);
        var created = await zoom.Create(u => u.SetExtension("zoomOneEdu", Code));
        Assert.True(created.Verified);
        Assert.Equal(ChangeOutcome.NoChange, (await zoom.Update(u => u.SetExtension("zoomOneEdu", Code))).Outcome);

        // Back and forth: what was read is what is sent.
        await zoom.Remove();
        await zoom.Update(u => u.Active = true);
        Assert.Equal(Code, zoom.Held("zoomOneEdu"));
        Assert.Empty(zoom.Warnings);
        var sent = zoom.Writes().Where(w => w.Body.Contains("zoomOneEdu")).Select(w => w.Extension("zoomOneEdu")).ToList();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, code => Assert.Equal((JsonValueKind.String, Code), (code.ValueKind, code.GetString())));
    }

    [Fact]
    public async Task Row_47_a_foreign_domain_is_refused_with_Zooms_words_and_a_hint()
    {
        using var zoom = new Tenant();
        await zoom.Create();
        foreach (var action in new Func<Task>[]
        {
            () => zoom.Create(address: "jill@elsewhere.com"),
            () =>
                zoom.Update(new DesiredUser(new ScimUser { UserName = "jill@elsewhere.com", Email = "jill@elsewhere.com" }) { CurrentUserName = Tenant.Jill }),
        })
        {
            var error = await Assert.ThrowsAsync<ScimBadRequestException>(action);
            Assert.Equal("Zoom.User.DomainNotAssociated", error.ErrorId);
            Assert.Contains("associated domain", error.ZoomMessage);
            Assert.Contains("Domain Management", error.RecommendedAction);
        }

        Assert.True(zoom.Exists());
    }

    [Fact]
    public async Task Row_48_after_the_first_missing_licence_nobody_else_is_asked_for_one()
    {
        using var zoom = new Tenant(state: """{"account":{"paidSeats":1},"users":[]}""");
        await zoom.Create(u => u.UserType = "Licensed", "user0@example.com");
        var error = await Assert.ThrowsAsync<ScimSeatsException>(() => zoom.Create(u => u.UserType = "Licensed", "user1@example.com"));
        Assert.Equal("Zoom.Seats.NoPaidLicence", error.ErrorId);

        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Create(u => u.UserType = "Licensed", "user2@example.com")).Outcome);
        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Create(u => u.UserType = "Licensed", "user3@example.com")).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await zoom.Create(u => u.UserType = "Basic", "user4@example.com")).Outcome);
        Assert.Equal(3, zoom.Requests("POST").Count);
        Assert.Contains("2 more record(s)", Assert.Single(zoom.Operations.SeatReport()));
    }

    [Fact]
    public async Task Row_48_a_plan_without_seats_does_not_stop_another_plan()
    {
        using var zoom = new Tenant(state: """{"account":{"planSeats":{"zoomOneBizPlus":1}},"users":[]}""");
        await zoom.Create(u => u.SetExtension("zoomOneBizPlus", "16"), "user0@example.com");
        var error = await Assert.ThrowsAsync<ScimSeatsException>(() => zoom.Create(u => u.SetExtension("zoomOneBizPlus", "16"), "user1@example.com"));
        Assert.Contains("Business Plus", error.ZoomMessage);

        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Create(u => u.SetExtension("zoomOneBizPlus", "16"), "user2@example.com")).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await zoom.Create(u => u.SetExtension("zoomOneEntPremier", "134217728"), "user3@example.com")).Outcome);
        Assert.Equal(ChangeOutcome.Done, (await zoom.Create(u => u.UserType = "Licensed", "user4@example.com")).Outcome);
        Assert.Contains("BusinessPlus-US", Assert.Single(zoom.Operations.SeatReport()));
    }

    [Fact]
    public async Task Row_48_the_limit_of_Basic_users_met_while_activating_stops_no_licences()
    {
        using var zoom = new Tenant(state: """{"account":{"maxBasicUsers":1},"users":[]}""");
        await zoom.Create(u => u.UserType = "Licensed");
        await zoom.Remove();
        await zoom.Create(address: "basic@example.com");

        // Activated as Basic first, and there is no room for another Basic user.
        var error = await Assert.ThrowsAsync<ScimSeatsException>(() => zoom.Update(u => u.Active = true));
        Assert.Equal("Zoom.Seats.BasicLimit", error.ErrorId);
        Assert.Contains("maximum", error.ZoomMessage);
        Assert.Equal("False", zoom.Held("active"));

        Assert.Equal(ChangeOutcome.Done, (await zoom.Create(u => u.UserType = "Licensed", "user1@example.com")).Outcome);
        Assert.Empty(zoom.Operations.SeatReport());
    }

    [Fact]
    public async Task Row_48_a_reactivated_user_for_whom_no_licence_is_left_is_active_and_the_error_says_so()
    {
        using var zoom = new Tenant(state: """{"account":{"paidSeats":1},"users":[]}""");
        await zoom.Create(u => u.UserType = "Licensed");
        await zoom.Remove();
        await zoom.Create(u => u.UserType = "Licensed", "faster@example.com");

        var error = await Assert.ThrowsAsync<ScimSeatsException>(() => zoom.Update(u => u.Active = true));
        Assert.Contains("the user was activated", error.RecommendedAction);
        Assert.Equal(("True", "Basic"), (zoom.Held("active"), zoom.Held("userType")));
    }
}
