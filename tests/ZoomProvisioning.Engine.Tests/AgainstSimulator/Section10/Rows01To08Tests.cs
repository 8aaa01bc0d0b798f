using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Fact sheet section 10, rows 1 to 8: each question with the simulator's switch in each position.</summary>
public sealed class Rows01To08Tests
{
    [Theory]
    [InlineData("/scim2")]
    [InlineData("/v2/scim2")]
    [InlineData("/scim")]
    public async Task Row_01_the_base_path_is_what_the_admin_says(string path)
    {
        using var zoom = new Tenant(Tenant.Switch("base_path", path), basePath: path);
        await zoom.Create();
        await zoom.Update(u => u.Department = "Sales");
        Assert.Equal("Sales", zoom.Held("department"));
        Assert.All(zoom.Requests(), r => Assert.StartsWith(path + "/Users", r.Path, StringComparison.Ordinal));
        Assert.Equal("https://api.zoom.us/scim2", EngineOptions.DefaultScimUri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/scim2", "/scim")]
    [InlineData("/v2/scim2", "/scim2")]
    public async Task Row_01_a_wrong_base_path_is_told_with_its_remedy(string real, string configured)
    {
        using var zoom = new Tenant(Tenant.Switch("base_path", real), basePath: configured);
        var error = await Assert.ThrowsAsync<ScimNotFoundException>(() => zoom.Create());
        Assert.Equal("Zoom.Endpoint.NotFound", error.ErrorId);
        Assert.Contains("-ScimUri", error.RecommendedAction);
        Assert.Contains("-ScimUri", (await zoom.Test()).Single(s => s.Outcome == TestOutcome.Failed).Remedy);
    }

    [Theory]
    [InlineData("both", 1)]
    [InlineData("quoted-only", 1)]
    [InlineData("unquoted-only", 2)]
    public async Task Row_02_a_filter_is_sent_quoted_and_once_without_quotes_where_Zoom_wants_none(string quotes, int first)
    {
        using var zoom = new Tenant(Tenant.Switch("filter_quotes", quotes));
        await zoom.Create(address: "jill.o'brien+1@example.com", ifExists: IfExists.Skip);
        Assert.Equal(first, zoom.Requests("GET").Count);
        zoom.Forget();

        await zoom.Update(u => u.Department = "Sales", "jill.o'brien+1@example.com");
        // The spelling is remembered: one list, one read.
        Assert.Equal(2, zoom.Requests("GET").Count);
        Assert.Equal("Sales", zoom.Held("department", "jill.o'brien+1@example.com"));
    }

    [Theory]
    [InlineData("both")]
    [InlineData("quoted-only")]
    [InlineData("unquoted-only")]
    public async Task Row_02_the_words_for_a_pending_user_are_no_reason_to_ask_again(string quotes)
    {
        using var zoom = new Tenant(Tenant.Switch("filter_quotes", quotes));
        await zoom.Find(Tenant.Jill);
        zoom.Forget();
        await Assert.ThrowsAsync<ScimUserStateException>(() => zoom.Find("pending@example.com"));
        Assert.Single(zoom.Requests());
    }

    [Fact]
    public async Task Row_02_a_server_that_matches_too_much_is_not_believed()
    {
        using var fixture = new Fixture();
        fixture.Transport.Answer((_, _) => Reply.List(Reply.UserJson("id7", "jill.chill@example.com")));
        var directory = new UserDirectory(new ZoomScimConnection("zoom", fixture.Service));
        Assert.Null(await fixture.Run(() => directory.FindAsync("jill@example.com", fixture.Call)));
        Assert.Single(fixture.Transport.Scim);
    }

    [Theory]
    [InlineData(1, "clamp")]
    [InlineData(10, "clamp")]
    [InlineData(100, "400")]
    [InlineData(1, "400")]
    public async Task Row_03_a_list_never_leaves_the_page_size_to_Zoom(int countDefault, string aboveMaximum)
    {
        using var zoom = new Tenant(Tenant.Switches(("count_default", countDefault), ("count_above_max", aboveMaximum)), seed: 230);
        var seen = new List<ScimUser>();
        var (total, delivered) = await zoom.Run(() => zoom.Directory.ListAsync(null, page =>
        {
            seen.AddRange(page);
            return Task.CompletedTask;
        }, ScimCall.None));
        Assert.Equal((232, 232, 232), (total, delivered, seen.Count));
        await zoom.Find("owner@example.com");
        Assert.All(zoom.Requests("GET").Where(r => r.Path.EndsWith("/Users", StringComparison.Ordinal)), r =>
        {
            var query = r.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
            Assert.True(query.ContainsKey("startIndex"), r.Query);
            Assert.InRange(int.Parse(query["count"], System.Globalization.CultureInfo.InvariantCulture), 1, 100);
        });
    }

    [Theory]
    [InlineData("no")]
    [InlineData("empty-object")]
    public async Task Row_04_roles_and_groups_of_a_list_are_unknown_and_not_empty(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("list_includes_roles", position));
        await zoom.Create(u => u.UserType = "Licensed");
        zoom.Forget();

        ScimUser? listed = null;
        await zoom.Run(() => zoom.Directory.ListAsync(null, page =>
        {
            listed ??= page.FirstOrDefault(u => u.UserName == Tenant.Jill);
            return Task.CompletedTask;
        }, ScimCall.None));
        Assert.Empty(listed!.Roles);
        Assert.False(ZoomAttributes.Roles.IsToldBy(listed));

        // A diff of them reads the user first, and finds nothing to do.
        var plan = await zoom.PlanAgain(Tenant.Wish(u => u.Roles = ["Member"]));
        Assert.Equal(PlanAction.NoOp, Assert.Single(plan.Changes).Action);
        Assert.Equal(ChangeOutcome.NoChange, (await zoom.Update(u => u.Roles = ["Member"])).Outcome);
        Assert.Empty(zoom.Writes());
    }

    [Theory]
    [InlineData("object")]
    [InlineData("array")]
    public async Task Row_05_roles_and_groups_are_read_in_both_shapes(string shape)
    {
        using var zoom = new Tenant(
            Tenant.Switch("get_roles_groups_shape", shape),
            """{"account":{"customRoles":["Room Manager"]},"groups":[{"displayName":"Sales"}],"users":[]}""");
        await zoom.Create(u => u.Roles = ["Member", "Room Manager"]);

        var read = await zoom.Find();
        Assert.Contains("Member", read!.Roles);
        Assert.Equal(shape == "array" ? 2 : 1, read.Roles.Count);

        // What is shown is enough, or the whole set is sent again: right in both.
        await zoom.Update(u => u.Roles = ["Member", "Room Manager"]);
        Assert.Equal(["Member", "Room Manager"], zoom.RoleNames());
        Assert.Empty(zoom.Warnings);
        zoom.Forget();
        Assert.Equal(ChangeOutcome.NoChange, (await zoom.Update(u => u.Roles = ["Member"])).Outcome);
        Assert.Empty(zoom.Writes());
    }

    [Fact]
    public void Row_05_empty_names_say_nothing()
    {
        var user = new ScimUser(
            new ScimObject
            {
                ["roles"] = new ScimObject { ["value"] = string.Empty, ["display"] = string.Empty },
                ["groups"] = new System.Collections.ArrayList { new ScimObject { ["display"] = null }, new ScimObject { ["display"] = "Sales" } },
            },
            UserDetail.Read);
        Assert.Empty(user.Roles);
        Assert.Equal(["Sales"], user.Groups);
    }

    [Theory]
    [InlineData("no", 2)]
    [InlineData("yes", 1)]
    public async Task Row_06_title_and_locale_are_set_by_a_command_and_never_in_a_loop(string position, int puts)
    {
        using var zoom = new Tenant(Tenant.Switch("title_locale_in_get", position));
        await zoom.Create();
        for (var run = 0; run < 2; run++)
        {
            await zoom.Update(u =>
            {
                u.Title = "Chief";
                u.Locale = "San Jose";
            });
        }

        // Where Zoom does not tell them, an admin's command sends what it was told to send; a run that comes again does not.
        Assert.Equal(puts, zoom.Requests("PUT").Count);
        Assert.Equal(("Chief", "San Jose"), (zoom.Held("title"), zoom.Held("locale")));
        Assert.Empty(zoom.Warnings);
        for (var run = 0; run < 2; run++)
        {
            var plan = await zoom.PlanAgain(Tenant.Wish(u => u.Title = "Chief"));
            Assert.Equal(PlanAction.NoOp, Assert.Single(plan.Changes).Action);
        }
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("replace")]
    public async Task Row_07_put_is_partial_and_what_a_replacing_Zoom_takes_away_is_told(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("put_semantics", position));
        await zoom.Create(u =>
        {
            u.GivenName = "Jill";
            u.FamilyName = "Chill";
            u.Department = "Sales";
            u.Organization = "Example";
            u.Phone = "+1 5125550123";
            u.SetExtension("zoomScheduler", true);
        });
        zoom.Forget();

        var update = zoom.Update(u => u.Department = "Research");
        if (position == "merge")
        {
            var result = await update;
            Assert.Equal(["department"], Assert.Single(zoom.Requests("PUT")).Attributes);
            Assert.Equal("Research", zoom.Held("department"));
            Assert.Equal(("Example", "Jill", "True"), (zoom.Held("organization"), zoom.Held("givenName"), zoom.Held("zoomScheduler")));
            Assert.Empty(result.Warnings);
        }
        else
        {
            var error = await Assert.ThrowsAsync<ScimNotAppliedException>(() => update);
            Assert.Equal(["department"], Assert.Single(zoom.Requests("PUT")).Attributes);
            foreach (var lost in new[] { "GivenName 'Jill'", "FamilyName 'Chill'", "Organization 'Example'", "Phone '+1 5125550123'", "zoomScheduler" })
            {
                Assert.Contains(lost, error.Message, StringComparison.Ordinal);
            }

            // Nothing more of that kind is sent by this command.
            await zoom.Create(address: "next@example.com");
            await Assert.ThrowsAsync<ScimWithheldException>(() => zoom.Update(u => u.Department = "Research", "next@example.com"));
            Assert.Single(zoom.Requests("PUT"));
        }
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("merge")]
    public async Task Row_08_the_whole_wanted_set_of_numbers_is_sent(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("put_arrays", position));
        await zoom.Create(u =>
        {
            u.Phone = "+1 5125550123";
            u.Fax = "+1 5125550199";
        });
        await zoom.Update(u => u.MobilePhone = "+44 2079460018");
        Assert.Equal(["fax +1 5125550199", "mobile +44 2079460018", "work +1 5125550123"], zoom.Phones());
        Assert.Empty(zoom.Warnings);

        // An attribute that is left out is left alone.
        await zoom.Update(u => u.Department = "Sales");
        Assert.Equal(["department"], zoom.Requests("PUT")[^1].Attributes);
        Assert.Equal(3, zoom.Phones().Length);
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("merge")]
    public async Task Row_08_a_number_that_stays_although_it_was_left_out_is_told(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("put_arrays", position));
        await zoom.Create(u =>
        {
            u.Phone = "+1 5125550123";
            u.Fax = "+1 5125550199";
        });
        var result = await zoom.Update(u => u.Fax = string.Empty);
        Assert.Equal(position == "replace" ? [] : ["Fax"], result.NotApplied.Select(c => c.Name));
        Assert.Equal(position == "replace" ? 0 : 1, zoom.Warnings.Count);
        Assert.Contains("work +1 5125550123", zoom.Phones());
    }

    [Theory]
    [InlineData("replace")]
    [InlineData("merge")]
    public async Task Row_08_a_role_that_Zoom_keeps_beside_the_wanted_one_is_told(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("put_arrays", position), """{"account":{"customRoles":["Room Manager","Billing"]},"users":[]}""");
        await zoom.Create(u => u.Roles = ["Room Manager"]);
        var result = await zoom.Update(u => u.Roles = ["Billing"]);
        Assert.Contains("Billing", zoom.RoleNames());
        Assert.Equal(position == "replace" ? [] : ["Roles"], result.NotApplied.Select(c => c.Name));
        Assert.Equal(position == "merge", zoom.Warnings.Any(w => w.Contains("Room Manager")));
    }
}
