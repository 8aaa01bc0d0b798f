using System;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Transferees, addresses that are in use, and people whom Zoom protects, decided over a fake account.</summary>
public sealed class LeavingUserTests : WholeUserScene
{
    // ---- Transferees

    [Theory]
    [InlineData(RemoveAction.Disable, "PATCH")]
    [InlineData(RemoveAction.Delete, "DELETE")]
    public async Task The_transferee_is_named_before_the_user_goes(RemoveAction action, string method)
    {
        Zoom.Add(Jill);
        Zoom.Add("joe@example.com");
        await Remove(Jill, action, "joe@example.com");
        Assert.Equal(["PUT", method], Methods);
        Assert.Equal("joe@example.com", Zoom.Writes[0].Body!.Complex(ScimSchemas.ZoomUser)!["transferee"]);
        Assert.Equal(["schemas", ScimSchemas.ZoomUser], Zoom.Writes[0].Body!.Names);
    }

    [Theory]
    [InlineData("nobody@example.com")]
    [InlineData(" ")]
    public async Task A_transferee_nobody_knows_stops_the_removal_before_anything_is_sent(string transferee)
    {
        Zoom.Add(Jill);
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => Remove(Jill, RemoveAction.Delete, transferee));
        Assert.Equal("Zoom.Record.UnknownTransferee", error.ErrorId);
        Assert.Empty(Zoom.Writes);
    }

    [Fact]
    public async Task A_deactivated_user_whose_data_goes_to_somebody_is_active_for_a_moment_and_gone()
    {
        Zoom.Add(Jill, u => u.Active = false);
        Zoom.Add("joe@example.com");
        await Remove(Jill, RemoveAction.Delete, "joe@example.com");
        Assert.Equal(["PATCH", "PUT", "DELETE"], Methods);
        Assert.False(Zoom.Exists(Jill));
    }

    [Fact]
    public async Task A_deactivated_user_is_not_deactivated_again_for_a_transferee()
    {
        Zoom.Add(Jill, u => u.Active = false);
        Zoom.Add("joe@example.com");
        await Remove(Jill, RemoveAction.Disable, "joe@example.com");
        Assert.Empty(Zoom.Writes);
    }

    [Fact]
    public async Task A_delete_does_not_happen_when_the_transferee_is_refused()
    {
        Zoom.Add(Jill);
        Zoom.Add("joe@example.com");
        Refuse("Validation Failed.", body => body.Has(ScimSchemas.ZoomUser));
        await Assert.ThrowsAsync<ScimBadRequestException>(() => Remove(Jill, RemoveAction.Delete, "joe@example.com"));
        Assert.True(Zoom.Exists(Jill));
    }

    [Fact]
    public async Task Nobody_is_the_transferee_of_their_own_data()
    {
        Zoom.Add(Jill);
        await Assert.ThrowsAsync<ScimRecordException>(() => Remove(Jill, RemoveAction.Delete, "JILL@example.com"));
        Assert.Empty(Zoom.Writes);
    }

    [Theory]
    [InlineData(RemoveAction.Disable, true)]
    [InlineData(RemoveAction.Delete, true)]
    [InlineData(RemoveAction.Delete, false)]
    public async Task Nobody_who_is_deactivated_is_given_the_data(RemoveAction action, bool isActive)
    {
        Zoom.Add(Jill, u => u.Active = isActive);
        Zoom.Add("joe@example.com", u => u.Active = false);
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => Remove(Jill, action, "Joe@example.com"));
        Assert.Equal(("Zoom.Record.InactiveTransferee", "InvalidArgument"), (error.ErrorId, error.Category));
        Assert.Contains("'Joe@example.com' is deactivated in Zoom", error.Message, StringComparison.Ordinal);
        Assert.Empty(Zoom.Writes);
        Assert.Empty(Host.Questions);
    }

    [Theory]
    [InlineData(RemoveAction.Disable, "Deactivate Zoom user: no sign-in, all licences are lost; joe@example.com gets the data")]
    [InlineData(RemoveAction.Delete, "DELETE Zoom user for good: this cannot be undone; joe@example.com gets the data")]
    public async Task The_question_says_what_is_lost_and_who_gets_the_data(RemoveAction action, string question)
    {
        Zoom.Add(Jill);
        Zoom.Add("joe@example.com");
        await Remove(Jill, action, "joe@example.com");
        Assert.EndsWith(": " + question, Assert.Single(Host.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_names_whom_Zoom_was_told_of_before()
    {
        Zoom.Add(Jill, u => u.SetExtension("transferee", "joe@example.com"));
        await Remove(Jill, RemoveAction.Delete);
        Assert.EndsWith("cannot be undone; joe@example.com gets the data", Assert.Single(Host.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_beside_a_deactivation_does_not_hide_what_is_lost()
    {
        Zoom.Add(Jill);
        await Update(u =>
        {
            u.Active = false;
            u.Department = "Leavers";
        });
        Assert.Matches(@": Change and deactivate Zoom user \(Department: .*'Leavers'\): no sign-in, all licences are lost$", Assert.Single(Host.Questions));
    }

    [Fact]
    public async Task Whoever_comes_back_with_a_transferee_is_told_of()
    {
        Zoom.Add(Jill, u =>
        {
            u.Active = false;
            u.SetExtension("transferee", "joe@example.com");
        });
        var result = await Update(u => u.Active = true);
        Assert.Equal(PlanAction.Reactivate, result!.Action);
        var told = Assert.Single(result.Warnings, w => w.Contains("transferee", StringComparison.Ordinal));
        Assert.Contains("'joe@example.com'", told, StringComparison.Ordinal);
        Assert.Contains("-Clear transferee", told, StringComparison.Ordinal);
        Assert.Contains(Host.Warnings, w => w.EndsWith(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("joe@example.com")]
    [InlineData("ann@example.com")]
    public async Task A_transferee_that_was_wished_is_not_told_of(string wished)
    {
        Zoom.Add("ann@example.com");
        Zoom.Add("joe@example.com");
        Zoom.Add(Jill, u =>
        {
            u.Active = false;
            u.SetExtension("transferee", "joe@example.com");
        });
        var result = await Update(u =>
        {
            u.Active = true;
            u.SetExtension("transferee", wished);
        });
        Assert.DoesNotContain(result!.Warnings, w => w.Contains("still has", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_is_deactivated_and_has_it_all_is_said_to_be_deactivated()
    {
        Zoom.Add(Jill, u => u.Active = false);
        var result = await Operations.CreateAsync(Wishes.For(Jill), IfExists.Update, Host, ScimCall.None);
        Assert.Equal(ChangeOutcome.NoChange, result!.Outcome);
        Assert.Contains("deactivated in Zoom (Set-ZoomScimUser -Active $true", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "PATCH")]
    [InlineData(null, "PUT")]
    public async Task A_deactivated_transferee_among_other_attributes_is_left_out(bool? active, string method)
    {
        Zoom.Add(Jill);
        Zoom.Add("joe@example.com", u => u.Active = false);
        var result = await Update(u =>
        {
            u.SetExtension("transferee", "joe@example.com");
            if (active is { } wanted)
            {
                u.Active = wanted;
            }
            else
            {
                u.Department = "Legal";
            }
        });
        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
        Assert.Equal([method], Methods);
        Assert.DoesNotContain(Zoom.Writes, w => w.Body?.Has(ScimSchemas.ZoomUser) == true);
        Assert.Contains(result.Warnings, w => w.Contains("'joe@example.com' is deactivated", StringComparison.Ordinal));
    }

    // ---- Addresses

    [Theory]
    [InlineData(true, "active")]
    [InlineData(false, "deactivated")]
    public async Task A_new_address_that_somebody_has_is_refused_with_who_has_it(bool isActive, string state)
    {
        Zoom.Add(Jill);
        var holder = Zoom.Add("joe@example.com", u => u.Active = isActive);
        var error = await Assert.ThrowsAsync<ScimConflictException>(() => Rename("joe@example.com"));
        Assert.Equal(("Zoom.User.AlreadyExists", "ResourceExists", 409), (error.ErrorId, error.Category, error.Status));
        Assert.Contains($"({state}, id {holder})", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-IfExists", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("Set-ZoomScimUser joe@example.com -UserName", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_of_another_account_is_refused_as_such()
    {
        Zoom.Add(Jill);
        Zoom.PendingOrForeign.Add("joe@example.com");
        var error = await Assert.ThrowsAsync<ScimConflictException>(() => Rename("joe@example.com"));
        Assert.Contains("pending, or by another Zoom account", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-IfExists", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_before_a_new_address_was_refused_stays_said()
    {
        Zoom.Add(Jill, u => u.Active = false);
        Zoom.Add("joe@example.com");
        var error = await Assert.ThrowsAsync<ScimConflictException>(() => Rename("joe@example.com", isActive: true));
        Assert.EndsWith("Before this, the user was activated.", error.RecommendedAction, StringComparison.Ordinal);
    }

    private Task<ChangeResult?> Rename(string address, bool? isActive = null)
    {
        var values = new ScimUser { UserName = address, Email = address };
        if (isActive is { } active)
        {
            values.Active = active;
        }

        return Operations.UpdateAsync(new DesiredUser(values) { ZoomId = Zoom.Get(Jill).Text("id"), Label = Jill }, Host, ScimCall.None);
    }

    // ---- Whom Zoom protects

    [Theory]
    [InlineData(RemoveAction.Disable, "Admin", "Zoom.User.AdminOrRoomProtected")]
    [InlineData(RemoveAction.Delete, "Owner", "Zoom.User.AdminProtected")]
    public async Task Nobody_is_asked_about_the_removal_of_somebody_whom_Zoom_protects(RemoveAction action, string role, string id)
    {
        Zoom.Add(Jill, u => u.Roles = new[] { role });
        var result = await new UserOperations(Connection, looksFirst: true).RemoveAsync(Wishes.For(Jill), action, null, Host, ScimCall.None);
        Assert.Equal((ChangeOutcome.Skipped, id), (result!.Outcome, result.Error!.ErrorId));
        Assert.Contains($"'{Jill}' has the role '{role}'. Nothing was sent.", result.Reason, StringComparison.Ordinal);
        Assert.Empty(Host.Questions);
        Assert.Empty(Zoom.Writes);
        var named = new UserOperations(Connection, skipProtected: false, looksFirst: true);
        var error = await Assert.ThrowsAsync<ScimUserStateException>(() => named.RemoveAsync(Wishes.For(Jill), action, null, Host, ScimCall.None));
        Assert.Equal((id, "PermissionDenied"), (error.ErrorId, error.Category));
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Fact]
    public async Task Nobody_is_asked_whether_an_admin_is_to_be_set_inactive()
    {
        Zoom.Add(Jill, u => u.Roles = new[] { "Admin" });
        using var operations = new UserOperations(Connection, looksFirst: true);
        var result = await operations.UpdateAsync(Wishes.For(Jill, u => u.Active = false), Host, ScimCall.None);
        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
        Assert.Empty(Host.Questions);
    }

    [Fact]
    public async Task Among_many_the_list_does_not_hide_whom_Zoom_protects()
    {
        for (var i = 0; i < 60; i++)
        {
            var role = i == 50 ? "Owner" : "Member";
            Zoom.Add($"u{i}@example.com", u => u.Roles = new[] { role });
        }

        var left = 100;
        using var operations = new UserOperations(Connection, looksFirst: true, coming: () => left);
        for (var i = 0; i < 60; i++, left--)
        {
            await operations.RemoveAsync(Wishes.For($"u{i}@example.com"), RemoveAction.Delete, null, Host, ScimCall.None);
        }

        Assert.Equal(59, Host.Questions.Count);
        Assert.DoesNotContain(Host.Questions, q => q.Contains("u50@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_is_asked_Zoom_decides_whom_it_protects()
    {
        Zoom.Add(Jill, u => u.Roles = new[] { "Admin" });
        Assert.Equal("Zoom.User.AdminProtected", (await Remove(Jill, RemoveAction.Delete))!.Error!.ErrorId);
        Assert.Contains(Zoom.Writes, w => w.Method == "DELETE");
    }
}
