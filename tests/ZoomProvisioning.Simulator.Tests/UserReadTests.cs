using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Lists, filters and GET (fact sheet section 2).</summary>
public class UserReadTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string Login = "urn:us:zoom:scim:schemas:extension:1.0:ZoomUser";
    private const string Zoom = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";

    private static readonly string[] ListMembers =
        ["schemas", "id", "meta", "name", "emails", "displayName", "userName", "active", "userType", Enterprise, Login];

    private static readonly string[] GetMembers =
        ["schemas", "id", "meta", "name", "emails", "displayName", "userName", "active", "userType", "phoneNumbers", "roles", "groups",
         Enterprise, Login, Zoom];

    private static readonly string[] DetailMembers =
        ["schemas", "id", "meta", "name", "emails", "displayName", "userName", "active", "userType", "title", "locale", "phoneNumbers",
         "roles", "groups", Enterprise, Zoom];

    private const string Everything = """
        ,"name":{"givenName":"Jill","familyName":"Chill"},"userType":"Licensed","title":"Developer","locale":"San Jose",
        "phoneNumbers":[{"type":"work","value":"+1 5125550123"}],"groups":[{"value":"Everyone"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{
          "department":"Development","organization":"Example","costCenter":"US01","employeeNumber":"123","manager":"owner@example.com"},
        "urn:ietf:params:scim:schemas:extension:zoom:1.0:User":{
          "zoomWhiteboard":true,"zoomAICompanion":true,"visitorManagement":true,"zoomMailAndCalendar":true,"zoomRevenueAcceleratorRole":"Sales Manager",
          "zoomPhoneExtNumber":"0","zoomPhoneNumber":"5550100","zoomPhoneSite":"main","zoomPhoneCallingPlan":"3000","zoomPhoneCallingPlanSubscription":"s",
          "zoomContactCenterPackage":"Elite","zoomContactCenterRole":"Agent","pronouns":"They/Them","transferee":"owner@example.com"}
        """;

    [Fact]
    public async Task A_list_is_an_envelope_with_one_resource_unless_more_are_asked_for()
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 5);
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal("[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"]", reply.Json.GetProperty("schemas").GetRawText());
        Assert.Equal(7, reply.Json.GetProperty("totalResults").GetInt32());
        Assert.Equal(1, reply.Json.GetProperty("startIndex").GetInt32());
        Assert.Equal(1, reply.Json.GetProperty("itemsPerPage").GetInt32());
        Assert.Equal(1, reply.Json.GetProperty("Resources").GetArrayLength());
    }

    [Theory]
    [InlineData("count=100", 100)]
    [InlineData("count=1000", 100)]
    [InlineData("count=0", 0)]
    [InlineData("count=-5", 0)]
    [InlineData("startIndex=201&count=100", 52)]
    [InlineData("startIndex=252&count=100", 1)]
    [InlineData("startIndex=253&count=100", 0)]
    [InlineData("startIndex=0&count=2", 2)]
    [InlineData("startIndex=2147483647&count=2", 0)]
    [InlineData("count=2&filter=", 2)]
    public async Task Pages_are_cut_to_what_there_is(string query, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 250);
        using var reply = await zoom.GetAsync("/users?" + query);
        Assert.Equal(200, reply.Status);
        Assert.Equal(expected, reply.Json.GetProperty("Resources").GetArrayLength());
        Assert.Equal(expected, reply.Json.GetProperty("itemsPerPage").GetInt32());
        Assert.Equal(252, reply.Json.GetProperty("totalResults").GetInt32());
    }

    [Fact]
    public async Task Pages_hold_everybody_once_with_the_inactive_and_without_the_pending()
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 250);
        var users = new List<JsonElement>();
        for (var start = 1; start <= 252; start += 100)
        {
            using var page = await zoom.GetAsync($"/Users?startIndex={start}&count=100");
            users.AddRange(page.Json.GetProperty("Resources").EnumerateArray());
        }

        Assert.Equal(252, users.Select(user => user.GetProperty("id").GetString()).Distinct().Count());
        Assert.Contains(users, user => !user.GetProperty("active").GetBoolean());
        Assert.DoesNotContain(users, user => user.GetProperty("userName").GetString() == "pending@example.com");
    }

    [Fact]
    public async Task A_count_above_100_may_be_refused_and_the_default_may_differ()
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 20);
        zoom.Simulator.PatchBehaviour("{\"count_above_max\":\"400\",\"count_default\":10}");
        using var refused = await zoom.GetAsync("/Users?count=101");
        Assert.Equal(400, refused.Status);
        using var ten = await zoom.GetAsync("/Users");
        Assert.Equal(10, ten.Json.GetProperty("itemsPerPage").GetInt32());
    }

    [Theory]
    [InlineData("userName eq \"owner@example.com\"", 1)]
    [InlineData("userName eq owner@example.com", 1)]
    [InlineData("username EQ \"OWNER@EXAMPLE.COM\"", 1)]
    [InlineData("userName eq \"nobody@example.com\"", 0)]
    [InlineData("userName eq nobody@elsewhere.com", 0)]
    [InlineData("externalId eq nobody", 0)]
    public async Task Filters_find_one_or_none(string filter, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync(seedUsers: 3);
        using var reply = await zoom.GetAsync("/Users?count=100&filter=" + Uri.EscapeDataString(filter));
        Assert.Equal(200, reply.Status);
        Assert.Equal(expected, reply.Json.GetProperty("totalResults").GetInt32());
        Assert.Equal(expected, reply.Json.GetProperty("Resources").GetArrayLength());
    }

    [Fact]
    public async Task ExternalId_means_the_id_of_zoom()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.IdOfAsync("admin@example.com");
        using var reply = await zoom.GetAsync("/Users?count=1&filter=" + Uri.EscapeDataString($"externalId eq \"{Uri.UnescapeDataString(id)}\""));
        Assert.Equal("admin@example.com", reply.Json.GetProperty("Resources")[0].GetProperty("userName").GetString());
    }

    [Theory]
    [InlineData("active eq true")]
    [InlineData("userName sw \"a\"")]
    [InlineData("userName eq \"a@example.com\" and active eq true")]
    [InlineData("userName eq a@example.com and active eq true")]
    [InlineData("userName pr")]
    [InlineData("userName eq \"open")]
    public async Task Other_filters_are_refused(string filter)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.GetAsync("/Users?filter=" + Uri.EscapeDataString(filter));
        reply.AssertScimError(400, $"The current filter is not supported, the filter name: {filter}");
    }

    [Theory]
    [InlineData("pending@example.com")]
    [InlineData("foreign@example.com")]
    public async Task A_pending_or_foreign_address_is_an_error_and_not_an_empty_list(string address)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.GetAsync("/Users?filter=" + Uri.EscapeDataString($"userName eq \"{address}\""));
        reply.AssertScimError(400, $"User {address} not exist or not belong to this account.");
        zoom.Simulator.PatchBehaviour("{\"pending_filter_status\":404}");
        using var other = await zoom.GetAsync("/Users?filter=" + Uri.EscapeDataString($"userName eq \"{address}\""));
        other.AssertScimError(404, $"User {address} not exist or not belong to this account.");
    }

    [Theory]
    [InlineData("unquoted-only", "userName eq \"owner@example.com\"", "userName eq owner@example.com")]
    [InlineData("quoted-only", "userName eq owner@example.com", "userName eq \"owner@example.com\"")]
    public async Task Only_one_spelling_of_values_may_be_known(string position, string refused, string accepted)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"filter_quotes\":\"{position}\"}}");
        using var no = await zoom.GetAsync("/Users?filter=" + Uri.EscapeDataString(refused));
        no.AssertScimError(400, $"The current filter is not supported, the filter name: {refused}");
        using var yes = await zoom.GetAsync("/Users?filter=" + Uri.EscapeDataString(accepted));
        Assert.Equal(1, yes.Json.GetProperty("totalResults").GetInt32());
    }

    [Fact]
    public async Task A_plus_in_an_address_must_be_escaped()
    {
        using var zoom = await TestZoom.SignedInAsync();
        await zoom.CreateAsync("a+b@example.com");
        using var escaped = await zoom.GetAsync("/Users?filter=userName%20eq%20%22a%2Bb%40example.com%22");
        Assert.Equal(1, escaped.Json.GetProperty("totalResults").GetInt32());
        using var raw = await zoom.GetAsync("/Users?filter=userName%20eq%20%22a+b%40example.com%22");
        Assert.Equal(400, raw.Status);
    }

    [Fact]
    public async Task Each_reply_leaves_out_what_the_sheet_says()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var post = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"jill@example.com\"" + Everything + "}");
        Assert.Equal(201, post.Status);
        var id = Uri.EscapeDataString(post.Text("id"));
        using var list = await zoom.GetAsync("/Users?count=1&filter=" + Uri.EscapeDataString("userName eq \"jill@example.com\""));
        using var get = await zoom.GetAsync("/Users/" + id);
        using var put = await zoom.SendAsync("PUT", "/Users/" + id, "{\"schemas\":[]}");
        using var patch = await zoom.SetActiveAsync(id, true);
        var listed = list.Json.GetProperty("Resources")[0];

        Assert.Equal(ListMembers, Names(listed));
        Assert.Equal(GetMembers, Names(get.Json));
        Assert.Equal(DetailMembers, Names(post.Json));
        Assert.Equal(DetailMembers, Names(put.Json));
        Assert.Equal(DetailMembers, Names(patch.Json));

        Assert.Equal(["department"], Names(listed.GetProperty(Enterprise)));
        Assert.Equal(["department", "organization", "costCenter", "employeeNumber", "manager"], Names(get.Json.GetProperty(Enterprise)));
        Assert.Equal(["department", "organization", "costCenter", "employeeNumber", "manager"], Names(post.Json.GetProperty(Enterprise)));
        Assert.Equal(["department", "organization"], Names(put.Json.GetProperty(Enterprise)));
        Assert.Equal(["department", "organization"], Names(patch.Json.GetProperty(Enterprise)));

        Assert.Equal(
            ["zoomWhiteboard", "zoomAICompanion", "visitorManagement", "zoomMailAndCalendar", "zoomRevenueAcceleratorRole", "pronouns", "transferee"],
            Names(post.Json.GetProperty(Zoom)));
        Assert.Equal(
            ["zoomWhiteboard", "zoomAICompanion", "visitorManagement", "zoomMailAndCalendar", "pronouns", "transferee"],
            Names(get.Json.GetProperty(Zoom)));
        Assert.Equal(["zoomWhiteboard", "zoomRevenueAcceleratorRole", "pronouns", "transferee"], Names(put.Json.GetProperty(Zoom)));
        Assert.Equal(
            ["zoomWhiteboard", "zoomAICompanion", "visitorManagement", "zoomMailAndCalendar", "pronouns", "transferee"],
            Names(patch.Json.GetProperty(Zoom)));

        Assert.Equal("{\"display\":\"Member\",\"value\":\"Member\",\"primary\":true}", get.Json.GetProperty("roles").GetRawText());
        Assert.Equal("{\"display\":\"Everyone\",\"type\":\"direct\",\"value\":\"Everyone\"}", get.Json.GetProperty("groups").GetRawText());
        Assert.Equal("{\"loginType\":{\"workEmail\":true,\"sso\":true}}", get.Json.GetProperty(Login).GetRawText());
    }

    [Fact]
    public async Task Switches_turn_the_shape_of_what_is_read()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("jill@example.com", Everything.Replace("\"zoomWhiteboard\":true", "\"zoomOneBizPlus\":\"16\""));
        zoom.Simulator.PatchBehaviour("""
            {"get_roles_groups_shape":"array","title_locale_in_get":"yes","phone_work_returned_as":"office","plan_codes_as":"number",
             "list_includes_roles":"empty-object","user_type_returned":"no"}
            """);
        using var get = await zoom.GetAsync("/Users/" + id);
        Assert.Equal("Member", get.Json.GetProperty("roles")[0].GetProperty("value").GetString());
        Assert.Equal("Everyone", get.Json.GetProperty("groups")[0].GetProperty("value").GetString());
        Assert.Equal("Developer", get.Text("title"));
        Assert.Equal("San Jose", get.Text("locale"));
        Assert.Equal("office", get.Json.GetProperty("phoneNumbers")[0].GetProperty("type").GetString());
        Assert.Equal("16", get.Json.GetProperty(Zoom).GetProperty("zoomOneBizPlus").GetRawText());
        Assert.False(get.Has("userType"));
        using var list = await zoom.GetAsync("/Users?count=1");
        Assert.Equal("{}", list.Json.GetProperty("Resources")[0].GetProperty("roles").GetRawText());
        Assert.Equal("{}", list.Json.GetProperty("Resources")[0].GetProperty("groups").GetRawText());
    }

    [Fact]
    public async Task A_user_who_is_not_there_is_404()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var get = await zoom.GetAsync("/Users/owner%40example.com");
        get.AssertScimError(404, "User does not exist.");
        using var put = await zoom.SendAsync("PUT", "/Users/none", "{\"title\":\"x\"}");
        put.AssertScimError(404, "User does not exist.");
        using var patch = await zoom.SetActiveAsync("none", false);
        patch.AssertScimError(404, "User does not exist.");
        using var delete = await zoom.SendAsync("DELETE", "/Users/none");
        delete.AssertScimError(404, "User does not exist.");
    }

    [Fact]
    public async Task Seeded_users_are_always_the_same_and_of_many_kinds()
    {
        using var one = await TestZoom.SignedInAsync(seedUsers: 300);
        using var other = await TestZoom.SignedInAsync(seedUsers: 300);
        Assert.Equal(one.Simulator.ExportState(), other.Simulator.ExportState());
        using var state = JsonDocument.Parse(one.Simulator.ExportState());
        var users = state.RootElement.GetProperty("users").EnumerateArray().ToArray();
        Assert.Equal(302, users.Length);
        Assert.Equal(302, users.Select(user => user.GetProperty("userName").GetString()).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(4, users.Select(user => user.GetProperty("userType").GetString()).Distinct().Count());
        Assert.Equal("Owner", users[0].GetProperty("roles")[0].GetProperty("value").GetString());
        Assert.Equal("Admin", users[1].GetProperty("roles")[0].GetProperty("value").GetString());
    }

    private static string[] Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name).ToArray();
}
