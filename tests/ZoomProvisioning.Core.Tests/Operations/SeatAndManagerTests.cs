using System;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Seats that run out and managers who come later, decided over a fake account.</summary>
public class SeatAndManagerTests : WholeUserScene
{
    // ---- Seats

    [Fact]
    public async Task After_the_first_no_further_paid_licences_are_not_asked_for_and_the_report_counts_them()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.UserType = "Licensed"));
        Zoom.Clear();

        foreach (var address in new[] { "b@example.com", "c@example.com" })
        {
            var result = await Create(address, u => u.UserType = "Licensed");
            Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
            Assert.Contains("paid licence", result.Reason, StringComparison.Ordinal);
            Assert.Equal($"source of {address}", result.Source);
        }

        Assert.Empty(Zoom.Writes);
        Assert.Equal(ChangeOutcome.Done, (await Create("d@example.com", u => u.UserType = "Basic"))!.Outcome);
        var sentence = Assert.Single(Operations.SeatReport());
        Assert.Contains("2 more record(s)", sentence, StringComparison.Ordinal);
        Assert.Contains("paid licence", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_without_a_seat_still_does_the_rest()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        Zoom.Add("a@example.com");
        Zoom.Add(Jill, u => u.Department = "Sales");
        Zoom.Add("only@example.com");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Update(u => u.UserType = "Licensed", "a@example.com"));
        Zoom.Clear();

        var result = await Update(u =>
        {
            u.UserType = "Licensed";
            u.Department = "Research";
        });

        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
        Assert.Equal(("Research", "Basic"), (Held().Department, Held().UserType));
        Assert.Contains("the licence waits", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        Assert.Equal(ChangeOutcome.Skipped, (await Update(u => u.UserType = "Licensed", "only@example.com"))!.Outcome);
        Assert.Single(Zoom.Writes);
        Assert.Contains("2 more record(s)", Assert.Single(Operations.SeatReport()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_ran_out_stops_that_plan_only()
    {
        Refuse("Cannot create more users with Zoom Workplace Business Plus.", body => body.Complex(ScimSchemas.ZoomUser)?.Text("zoomOneBizPlus") is not null);
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.SetExtension("zoomOneBizPlus", "16")));

        Assert.Equal(ChangeOutcome.Skipped, (await Create("b@example.com", u => u.SetExtension("zoomOneBizPlus", "16")))!.Outcome);
        Assert.Equal(ChangeOutcome.Done, (await Create("c@example.com", u => u.SetExtension("zoomOneEntPremier", "134217728")))!.Outcome);
        Assert.Equal(ChangeOutcome.Done, (await Create("d@example.com", u => u.UserType = "Licensed"))!.Outcome);
        Assert.Contains("BusinessPlus-US", Assert.Single(Operations.SeatReport()), StringComparison.Ordinal);
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
        Assert.Empty(Operations.SeatReport());
    }

    [Fact]
    public async Task Another_command_asks_again()
    {
        Refuse("Cannot add paid users.", body => body.Text("userType") == "Licensed");
        await Assert.ThrowsAsync<ScimSeatsException>(() => Create("a@example.com", u => u.UserType = "Licensed"));
        Zoom.Before = null;
        var result = await new UserOperations(Connection).CreateAsync(
            Wishes.For("b@example.com", u => u.UserType = "Licensed"), IfExists.Fail, Host, ScimCall.None);
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
        Assert.Null(Zoom.Writes[0].Body!.Complex(ScimSchemas.EnterpriseUser)!["manager"]);
        await Create("boss@example.com");

        var pending = Assert.Single(Operations.PendingManagers);
        Assert.Equal((Jill, "boss@example.com", $"source of {Jill}"), (pending.UserName, pending.Manager, pending.Source));
        await Operations.SetManagerAsync(pending, Host, ScimCall.None);

        Assert.Equal(("boss@example.com", "Sales"), (Held().Manager, Held().Department));
        Assert.Empty(Operations.PendingManagers);
        Assert.Empty(Host.Warnings);
        Assert.Equal(2, Host.Questions.Count);
    }

    [Fact]
    public async Task A_manager_nobody_knows_is_a_warning_and_is_looked_up_once()
    {
        await Create("a@example.com", u => u.Manager = "nobody@example.com");
        await Create("b@example.com", u => u.Manager = "NOBODY@example.com");
        foreach (var pending in Operations.PendingManagers)
        {
            await Operations.SetManagerAsync(pending, Host, ScimCall.None);
        }

        Assert.Equal(2, Host.Warnings.Count);
        Assert.All(Host.Warnings, w => Assert.Contains("not a user of this Zoom account", w, StringComparison.Ordinal));
        Assert.Equal(["POST", "POST"], Methods);
        Assert.Single(Zoom.All, s => s.Target is "userName eq \"nobody@example.com\"" or "userName eq \"NOBODY@example.com\"");
        Assert.Empty(Operations.PendingManagers);
    }

    [Fact]
    public async Task An_update_with_an_unknown_manager_changes_everything_else()
    {
        Zoom.Add(Jill, u => u.Manager = "old@example.com");
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
        Assert.Null(await Operations.CreateAsync(
            Wishes.For(Jill, u => u.Manager = "boss@example.com"), IfExists.Fail, new FakeHost(answer: false), ScimCall.None));
        Assert.Empty(Operations.PendingManagers);
    }
}
