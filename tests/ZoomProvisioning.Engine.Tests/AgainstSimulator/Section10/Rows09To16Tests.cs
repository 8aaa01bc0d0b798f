using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Fact sheet section 10, rows 9 to 16: each question with the simulator's switch in each position.</summary>
public sealed class Rows09To16Tests
{
    [Theory]
    [InlineData("clears", "ignored")]
    [InlineData("ignored", "ignored")]
    [InlineData("ignored", "clears")]
    public async Task Row_09_an_attribute_is_cleared_by_an_empty_text_and_what_stays_is_told(string empty, string @null)
    {
        using var zoom = new Tenant(Tenant.Switches(("put_empty_string", empty), ("put_null", @null)), verify: true);
        await zoom.Create(u =>
        {
            u.Title = "Chief";
            u.Department = "Sales";
            u.CostCenter = "US01";
            u.SetExtension("pronouns", "she/her");
        });
        zoom.Forget();

        var result = await zoom.Update(u =>
        {
            u.Title = string.Empty;
            u.Department = string.Empty;
            u.CostCenter = string.Empty;
            u.SetExtension("pronouns", string.Empty);
        });

        var names = new[] { "costCenter", "department", "pronouns", "title" };
        Assert.Equal(names, zoom.Requests("PUT").Single().Attributes);
        Assert.All(names, n => Assert.Equal(empty == "clears", zoom.Held(n) is null));
        Assert.Equal(
            empty == "clears" ? [] : ["CostCenter", "Department", "Title", "pronouns"],
            result.NotApplied.Select(c => c.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal(result.NotApplied.Count, zoom.Warnings.Count);
        Assert.Equal(empty == "clears", result.Verified);
    }

    [Theory]
    [InlineData("clears", "clears")]
    [InlineData("ignored", "ignored")]
    public async Task Row_09_nothing_is_cleared_that_nobody_asked_to_clear(string empty, string @null)
    {
        using var zoom = new Tenant(Tenant.Switches(("put_empty_string", empty), ("put_null", @null)));
        await zoom.Create(u =>
        {
            u.Title = "Chief";
            u.Department = "Sales";
        });
        await zoom.Update(u => u.Organization = "Example");
        Assert.Equal(("Chief", "Sales"), (zoom.Held("title"), zoom.Held("department")));
        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("null", w.Body));
    }

    [Theory]
    [InlineData("always", "applied", 0)]
    [InlineData("always", "ignored", 1)]
    [InlineData("only-if-empty", "applied", 1)]
    [InlineData("only-if-empty", "ignored", 2)]
    public async Task Row_10_a_new_name_that_Zoom_accepts_and_ignores_is_a_warning(string names, string display, int ignored)
    {
        using var zoom = new Tenant(Tenant.Switches(("put_names", names), ("put_displayName", display)));
        await zoom.Create(u =>
        {
            u.GivenName = "Jill";
            u.FamilyName = "Chill";
        });
        var result = await zoom.Update(u => u.FamilyName = "O'Brien");

        Assert.Equal(names == "always" ? "O'Brien" : "Chill", zoom.Held("familyName"));
        Assert.Equal(display == "applied" ? "Jill O'Brien" : "Jill Chill", zoom.Held("displayName"));
        Assert.Equal(ignored, result.NotApplied.Count);
        Assert.Equal(ignored, zoom.Warnings.Count);
        Assert.All(zoom.Warnings, w => Assert.Contains("Zoom accepted", w));
        Assert.Equal("Jill", zoom.Held("givenName"));
    }

    [Fact]
    public async Task Row_11_a_create_names_the_user_name_and_an_update_the_mail()
    {
        using var zoom = new Tenant();
        await zoom.Create(u => u.GivenName = "Jill");
        var post = zoom.Requests("POST").Single();
        Assert.Equal(["name", "userName"], post.Attributes);

        var result = await zoom.Update(new DesiredUser(new ScimUser { UserName = "jill.new@example.com", Email = "jill.new@example.com" })
        {
            CurrentUserName = Tenant.Jill,
        });
        Assert.Equal(["emails"], zoom.Requests("PUT").Single().Attributes);
        Assert.Equal("jill.new@example.com", result.UserName);
        Assert.True(zoom.Exists("jill.new@example.com"));
        Assert.False(zoom.Exists());
        Assert.Empty(zoom.Warnings);
    }

    [Theory]
    [InlineData(400, IfExists.Update)]
    [InlineData(409, IfExists.Update)]
    [InlineData(400, IfExists.Skip)]
    [InlineData(409, IfExists.Skip)]
    [InlineData(400, IfExists.Fail)]
    [InlineData(409, IfExists.Fail)]
    public async Task Row_12_a_duplicate_is_known_by_its_words_and_looked_up(int status, IfExists ifExists)
    {
        using var zoom = new Tenant(Tenant.Switch("duplicate_status", status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var raced = false;
        zoom.Before = async request =>
        {
            // Somebody else is faster, between the look-up and the create.
            if (request.Method == HttpMethod.Post && !request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal) && !raced)
            {
                raced = true;
                using var invoker = new HttpMessageInvoker(zoom.Zoom.CreateTransport());
                using var copy = new HttpRequestMessage(HttpMethod.Post, request.RequestUri)
                {
                    Content = new StringContent($$"""{"userName":"{{Tenant.Jill}}"}""", Encoding.UTF8, "application/json"),
                };
                copy.Headers.Authorization = request.Headers.Authorization;
                (await invoker.SendAsync(copy, default)).EnsureSuccessStatusCode();
            }
        };

        if (ifExists == IfExists.Fail)
        {
            Assert.Equal("Zoom.User.AlreadyExists", (await Assert.ThrowsAsync<ScimConflictException>(() => zoom.Create(u => u.Department = "Sales"))).ErrorId);
            Assert.Null(zoom.Held("department"));
            return;
        }

        var result = await zoom.Create(u => u.Department = "Sales", ifExists: ifExists);
        Assert.Equal(ifExists == IfExists.Update ? ChangeOutcome.Done : ChangeOutcome.Skipped, result.Outcome);
        Assert.Equal(ifExists == IfExists.Update ? "Sales" : null, zoom.Held("department"));
        Assert.Equal(status, zoom.Requests("POST")[^1].Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task Row_12_an_address_somebody_has_is_refused_on_a_rename_too(int status)
    {
        using var zoom = new Tenant(Tenant.Switch("duplicate_status", status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await zoom.Create();
        await zoom.Create(address: "joe@example.com");
        var error = await Assert.ThrowsAsync<ScimConflictException>(() =>
            zoom.Update(new DesiredUser(new ScimUser { UserName = "joe@example.com", Email = "joe@example.com" }) { CurrentUserName = Tenant.Jill }));
        Assert.Equal("Zoom.User.AlreadyExists", error.ErrorId);
        Assert.True(zoom.Exists());
    }

    [Theory]
    [InlineData(400, "pending@example.com")]
    [InlineData(404, "pending@example.com")]
    [InlineData(400, "foreign@example.com")]
    [InlineData(404, "foreign@example.com")]
    public async Task Row_13_a_pending_or_foreign_user_is_skipped_with_a_word_and_a_missing_one_is_not_taken_for_one(int status, string address)
    {
        using var zoom = new Tenant(Tenant.Switch("pending_filter_status", status));
        foreach (var result in new[]
        {
            await zoom.Create(address: address, ifExists: IfExists.Update),
            await zoom.Update(u => u.Department = "x", address),
            await zoom.Remove(RemoveAction.Delete, address),
        })
        {
            Assert.Equal(ChangeOutcome.Skipped, result.Outcome);
            Assert.Contains("pending invitation or to another Zoom account", result.Reason);
        }

        Assert.Equal(3, zoom.Warnings.Count);
        Assert.Empty(zoom.Writes());
        Assert.Null(await zoom.Find("nobody@example.com"));
        Assert.Equal(
            "Zoom.User.NotFound",
            (await Assert.ThrowsAsync<ScimNotFoundException>(() => zoom.Update(u => u.Department = "x", "nobody@example.com"))).ErrorId);
    }

    [Fact]
    public async Task Row_14_a_deletion_is_asked_for_as_final_and_is_not_the_default()
    {
        using var zoom = new Tenant();
        await zoom.Create();
        Assert.Equal(RemoveAction.Disable, zoom.Connection.RemoveAction);
        await zoom.Remove();
        Assert.True(zoom.Exists());
        zoom.Questions.Clear();

        await zoom.Remove(RemoveAction.Delete);
        Assert.Contains("cannot be undone", Assert.Single(zoom.Questions));
        Assert.False(zoom.Exists());
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("unchanged")]
    public async Task Row_15_a_reactivated_user_gets_back_what_the_deactivation_took(string userType)
    {
        using var zoom = new Tenant(Tenant.Switch("deactivate_userType", userType), verify: true);
        await zoom.Create(u =>
        {
            u.SetExtension("zoomOneBizPlus", "16");
            u.SetExtension("zoomScheduler", true);
        });
        await zoom.Remove();
        Assert.Null(zoom.Held("zoomOneBizPlus"));
        zoom.Forget();

        var result = await zoom.Update(u => u.Active = true);

        Assert.Equal(["PATCH", "PUT"], zoom.Writes().Select(w => w.Method));
        Assert.Equal(("16", "True", "Licensed"), (zoom.Held("zoomOneBizPlus"), zoom.Held("zoomScheduler"), zoom.Held("userType")));
        Assert.True(result.Verified);
        Assert.Empty(zoom.Warnings);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("unchanged")]
    public async Task Row_15_a_session_that_did_not_deactivate_the_user_says_that_the_licences_are_unknown(string userType)
    {
        using var zoom = new Tenant(Tenant.Switch("deactivate_userType", userType));
        await zoom.Create(u => u.UserType = "Licensed");
        await zoom.Remove();
        zoom.Forget();

        await zoom.Update(u => u.Active = true, operations: new UserOperations(zoom.Connect()));

        Assert.Equal("True", zoom.Held("active"));
        Assert.Contains("does not know which ones", Assert.Single(zoom.Warnings));
    }

    [Theory]
    [InlineData("applied", "error")]
    [InlineData("applied", "reactivates")]
    [InlineData("ignored", "error")]
    [InlineData("ignored", "reactivates")]
    public async Task Row_16_the_state_is_changed_by_patch_and_never_by_put(string active, string inactive)
    {
        using var zoom = new Tenant(Tenant.Switches(("put_active", active), ("put_active_on_inactive", inactive)));
        await zoom.Create();
        await zoom.Update(u =>
        {
            u.Active = false;
            u.Department = "Sales";
        });
        Assert.Equal(("False", "Sales"), (zoom.Held("active"), zoom.Held("department")));
        await zoom.Update(u =>
        {
            u.Active = true;
            u.Department = "Research";
        });
        Assert.Equal(("True", "Research"), (zoom.Held("active"), zoom.Held("department")));
        Assert.All(zoom.Requests("PUT"), r => Assert.DoesNotContain("active", r.Attributes));
        Assert.Equal(["PUT", "PATCH", "PATCH", "PUT"], zoom.Writes().Skip(1).Select(w => w.Method));
    }
}
