using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Switches for which the evidence is thin: each in both positions.</summary>
public class QuirkTests
{
    private const string Locked = "Too many concurrent requests. A request to disassociate this user has already been made.";

    [Theory]
    [InlineData("documented", "_&-")]
    [InlineData("hostile", "/+%&")]
    public async Task Ids_have_the_characters_of_the_documented_ones_or_such_as_break_clients(string position, string beside)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"ids\":\"{position}\"}}");
        var others = "";
        for (var n = 0; n < 20; n++)
        {
            var id = Uri.UnescapeDataString(await zoom.CreateAsync($"ids{n}@example.com"));
            Assert.Equal(22, id.Length);
            others += string.Concat(id.Where(c => !(c < 128 && char.IsLetterOrDigit(c))));
            using var read = await zoom.GetAsync("/Users/" + Uri.EscapeDataString(id));
            Assert.Equal(id, read.Text("id"));
        }

        Assert.Equal(beside.OrderBy(c => c), others.Distinct().OrderBy(c => c));
    }

    [Theory]
    [InlineData("ignored", false)]
    [InlineData("applied", true)]
    public async Task What_is_documented_for_PUT_only_is_left_out_of_POST(string position, bool isTaken)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"post_put_only\":\"{position}\"}}");
        const string Extension = "\"urn:ietf:params:scim:schemas:extension:zoom:1.0:User\":{\"eduStandardStudent\":true,\"cxInsightsSubscription\":\"s1\"}";
        using var created = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"put@example.com\"," + Extension + "}");
        Assert.Equal(201, created.Status);
        Assert.Equal(isTaken, zoom.Simulator.ExportState().Contains("eduStandardStudent", StringComparison.Ordinal));
        using var changed = await zoom.SendAsync("PUT", "/Users/" + Uri.EscapeDataString(created.Text("id")), "{" + Extension + "}");
        Assert.Equal(200, changed.Status);
        Assert.Contains("eduStandardStudent", zoom.Simulator.ExportState(), StringComparison.Ordinal);
        Assert.Contains("cxInsightsSubscription", zoom.Simulator.ExportState(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 201)]
    [InlineData("Collaboration None", 400)]
    public async Task User_types_may_be_refused(string types, int status)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"refused_user_types\":\"{types}\"}}");
        foreach (var type in new[] { "Collaboration", "none" })
        {
            using var refused = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"{type}@example.com\",\"userType\":\"{type}\"}}");
            Assert.Equal(status, refused.Status);
        }

        using var basic = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\",\"userType\":\"Basic\"}");
        Assert.Equal(201, basic.Status);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task A_group_renamed_to_the_name_of_another(int status)
    {
        using var zoom = await TestZoom.SignedInAsync();
        if (status != 400)
        {
            zoom.Simulator.PatchBehaviour($"{{\"group_rename_conflict\":{status}}}");
        }

        using var first = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"First\"}");
        using var second = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"Second\"}");
        using var renamed = await zoom.SendAsync(
            "PATCH",
            "/Groups/" + Uri.EscapeDataString(second.Text("id")),
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"replace\",\"value\":{\"displayName\":\"First\"}}]}");
        renamed.AssertScimError(status, "Group First exists.");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    public async Task Somebody_activated_whose_seat_is_taken(int status)
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"paidSeats\":1}}");
        zoom.Simulator.PatchBehaviour("{\"deactivate_userType\":\"unchanged\"}");
        if (status != 400)
        {
            zoom.Simulator.PatchBehaviour($"{{\"activation_without_seat\":{status}}}");
        }

        var first = await zoom.CreateAsync("a@example.com", ",\"userType\":\"Licensed\"");
        (await zoom.SetActiveAsync(first, false)).Dispose();
        await zoom.CreateAsync("b@example.com", ",\"userType\":\"Licensed\"");
        using var activated = await zoom.SetActiveAsync(first, true);
        activated.AssertScimError(status, "Cannot add paid users.");
    }

    [Fact]
    public void Time_ends_before_the_calendar_does()
    {
        using var zoom = new TestZoom();
        zoom.Simulator.AdvanceTime(TimeSpan.FromDays(365_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => zoom.Simulator.AdvanceTime(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => zoom.Simulator.AdvanceTime(TimeSpan.FromDays(3_650_000)));
        zoom.Simulator.AdvanceTime(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task At_the_end_of_time_everything_still_works()
    {
        using var zoom = new TestZoom();
        while (true)
        {
            try
            {
                zoom.Simulator.AdvanceTime(TimeSpan.FromDays(300));
            }
            catch (ArgumentOutOfRangeException)
            {
                break;
            }
        }

        await zoom.SignInAsync();
        using var read = await zoom.GetAsync("/Users/" + await zoom.CreateAsync("late@example.com"));
        Assert.Equal(200, read.Status);
        zoom.Simulator.ImportState(zoom.Simulator.ExportState());
    }

    [Fact]
    public async Task A_second_delete_of_a_user_is_locked_out_while_the_first_is_under_way()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"delete_lock_ms\":500}");
        var id = await zoom.CreateAsync("a@example.com");
        var other = await zoom.CreateAsync("b@example.com");
        using var first = await zoom.SendAsync("DELETE", "/Users/" + id);
        Assert.Equal(204, first.Status);
        using var second = await zoom.SendAsync("DELETE", "/Users/" + id);
        second.AssertGatewayError(429, 429, Locked);
        using var unlike = await zoom.SendAsync("DELETE", "/Users/" + other);
        Assert.Equal(204, unlike.Status);
        zoom.Clock.Advance(TimeSpan.FromMilliseconds(500));
        using var third = await zoom.SendAsync("DELETE", "/Users/" + id);
        third.AssertScimError(404, "User does not exist.");
    }

    [Fact]
    public async Task Latency_alone_locks_as_well_and_the_429_follows_the_envelope_switch()
    {
        using var zoom = await TestZoom.SignedInAsync();
        var id = await zoom.CreateAsync("a@example.com");
        zoom.Simulator.PatchBehaviour("{\"latency_ms\":100,\"rate_envelope\":\"scim\"}");
        var first = zoom.SendAsync("DELETE", "/Users/" + id);
        var second = zoom.SendAsync("DELETE", "/Users/" + id);
        zoom.Clock.Advance(TimeSpan.FromMilliseconds(100));
        using var taken = await first;
        Assert.Equal(204, taken.Status);
        using var refused = await second;
        refused.AssertScimError(429, Locked);
    }

    [Theory]
    [InlineData("401-124", 401, 124, "Invalid access token.")]
    [InlineData("400-4700", 400, 4700, "Token cannot be empty.")]
    [InlineData("401-4700", 401, 4700, "Token cannot be empty.")]
    public async Task Without_a_token(string position, int status, int code, string text)
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour($"{{\"no_token_reply\":\"{position}\"}}");
        using var reply = await zoom.GetAsync("/Users");
        reply.AssertGatewayError(status, code, text);
        zoom.Token = "unknown";
        using var unknown = await zoom.GetAsync("/Users");
        unknown.AssertGatewayError(401, 124, "Invalid access token.");
    }

    [Fact]
    public async Task An_unknown_token_before_a_newer_gateway()
    {
        using var zoom = new TestZoom { Token = "unknown" };
        zoom.Simulator.PatchBehaviour("{\"invalid_token_reply\":\"status-false\"}");
        using var reply = await zoom.GetAsync("/Users");
        Assert.Equal("{\"status\":false,\"errorCode\":401}", reply.Body);
        Assert.Equal(401, reply.Status);
    }

    [Fact]
    public async Task A_token_of_another_grant_is_refused_by_Scim()
    {
        using var zoom = new TestZoom();
        using (var refused = await zoom.TokenAsync("grant_type=client_credentials"))
        {
            Assert.Equal(400, refused.Status);
        }

        zoom.Simulator.PatchBehaviour("{\"other_grants\":\"accepted\"}");
        using var token = await zoom.TokenAsync("grant_type=client_credentials");
        zoom.Token = token.Text("access_token");
        using var reply = await zoom.GetAsync("/Users");
        reply.AssertGatewayError(400, 200, "Invalid api key or secret.");
        await zoom.SignInAsync();
        using var good = await zoom.GetAsync("/Users");
        Assert.Equal(200, good.Status);
    }

    [Theory]
    [InlineData("invalid-token", 400, "{\"reason\":\"Invalid Token!\",\"error\":\"invalid_request\"}")]
    [InlineData("invalid-grant", 401, "{\"reason\":\"Invalid Token!\",\"error\":\"invalid_grant\"}")]
    public async Task The_app_can_be_refused_in_other_words(string position, int status, string body)
    {
        using var zoom = new TestZoom();
        zoom.Simulator.PatchBehaviour($"{{\"app\":\"{position}\"}}");
        using var reply = await zoom.TokenAsync("grant_type=account_credentials&account_id=" + Uri.EscapeDataString(zoom.Simulator.AccountId));
        Assert.Equal((status, body), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData(
        "associated",
        "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.")]
    [InlineData("managed", "Domain name doesn't match. Please contact the Zoom Customer Support to set managed domains for your account.")]
    public async Task A_domain_that_is_not_the_accounts(string position, string text)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"domain_text\":\"{position}\"}}");
        using var post = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"a@elsewhere.invalid\"}");
        post.AssertScimError(409, text);
        var id = await zoom.CreateAsync("a@example.com");
        using var put = await zoom.SendAsync("PUT", "/Users/" + id, "{\"emails\":[{\"value\":\"a@elsewhere.invalid\"}]}");
        put.AssertScimError(409, text);
    }

    [Fact]
    public async Task Bodies_can_be_refused_in_the_words_of_v2()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"body_errors\":\"v2\"}");
        using var broken = await zoom.SendAsync("POST", "/Users", "{");
        broken.AssertGatewayError(400, 300, "Request Body should be a valid JSON object.");
        using var empty = await zoom.SendAsync("POST", "/Users", "{}");
        empty.AssertGatewayError(400, 300, "Validation Failed.");
    }

    [Theory]
    [InlineData("post_emails", "ignored", "name@example.com")]
    [InlineData("post_emails", "applied", "mail@example.com")]
    public async Task The_address_of_a_post(string name, string position, string expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"{name}\":\"{position}\"}}");
        using var reply = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"name@example.com\",\"emails\":[{\"value\":\"mail@example.com\"}]}");
        Assert.Equal(expected, reply.Text("userName"));
    }

    [Theory]
    [InlineData("ignored", "a@example.com")]
    [InlineData("applied", "b@example.com")]
    public async Task The_user_name_in_a_put(string position, string expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"put_userName\":\"{position}\"}}");
        var id = await zoom.CreateAsync("a@example.com");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"userName\":\"b@example.com\"}");
        Assert.Equal((200, expected), (reply.Status, reply.Text("userName")));
    }

    [Fact]
    public async Task Rules_of_v2_can_apply_behind_Scim()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"on_prem\":\"disabled\",\"forbidden_words\":\"zoom admin\",\"email_change\":\"administrator-only\"}");
        using var onPrem = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"a@example.com\",\"userType\":\"On-Prem\"}");
        onPrem.AssertScimError(400, "Your account can't set user type as On-prem.");
        using var named = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"a@example.com\",\"name\":{\"givenName\":\"Zoomer\"}}");
        named.AssertScimError(400, "Your request could not be completed because the name contains an invalid word: Zoomer");
        var id = await zoom.CreateAsync("a@example.com", ",\"name\":{\"givenName\":\"A\"}");
        using var moved = await zoom.SendAsync("PUT", "/Users/" + id, "{\"emails\":[{\"value\":\"b@example.com\"}]}");
        moved.AssertScimError(400, "Only an account administrator can change email.");
        zoom.Simulator.PatchBehaviour("{\"email_change\":null,\"admin_email_text\":\"v2\",\"forbidden_words\":null}");
        using var admin = await zoom.SendAsync("PUT", "/Users/" + await zoom.IdOfAsync("admin@example.com"), "{\"emails\":[{\"value\":\"b@example.com\"}]}");
        admin.AssertScimError(400, "Admin can not change other admins email.");
    }

    [Theory]
    [InlineData("0", 4)]
    [InlineData("3", 3)]
    public async Task Phone_numbers_can_be_cut(string limit, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"phone_limit\":{limit}}}");
        using var reply = await zoom.SendAsync(
            "POST",
            "/Users",
            "{\"userName\":\"a@example.com\",\"phoneNumbers\":[{\"type\":\"work\",\"value\":\"+1 1\"},{\"type\":\"home\",\"value\":\"+1 2\"},"
                + "{\"type\":\"fax\",\"value\":\"+1 3\"},{\"type\":\"mobile\",\"value\":\"+1 4\"}]}");
        Assert.Equal(expected, reply.Json.GetProperty("phoneNumbers").GetArrayLength());
    }

    [Theory]
    [InlineData("ignored", 0)]
    [InlineData("created", 1)]
    public async Task A_group_that_does_not_exist(string position, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"unknown_group\":\"{position}\"}}");
        await zoom.CreateAsync("a@example.com", ",\"groups\":[{\"value\":\"New ones\"}]");
        using var reply = await zoom.GetAsync("/Groups?filter=" + Uri.EscapeDataString("displayName eq \"New ones\""));
        Assert.Equal(expected, reply.Json.GetProperty("totalResults").GetInt32());
    }

    [Theory]
    [InlineData("unchecked", "urn:ietf:params:scim:api:messages:2.0:PatchOp", 200)]
    [InlineData("documented-only", "urn:ietf:params:scim:api:messages:2.0:PatchOp", 400)]
    [InlineData("documented-only", "urn:ietf:params:scim:api:messages:2.0:ListResponse", 200)]
    public async Task The_schemas_of_a_users_patch(string position, string schema, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"patch_schemas\":\"{position}\"}}");
        var id = await zoom.CreateAsync("a@example.com");
        using var reply = await zoom.SendAsync(
            "PATCH",
            "/Users/" + id,
            $"{{\"schemas\":[\"{schema}\"],\"Operations\":[{{\"op\":\"replace\",\"value\":{{\"active\":false}}}}]}}");
        Assert.Equal(expected, reply.Status);
    }

    [Theory]
    [InlineData("{}", "replace", "false", 200)]
    [InlineData("{}", "Replace", "false", 400)]
    [InlineData("{}", "replace", "\"False\"", 400)]
    [InlineData("{\"patch_op_case\":\"any\"}", "Replace", "false", 200)]
    [InlineData("{\"patch_active_text\":\"accepted\"}", "replace", "\"False\"", 200)]
    [InlineData("{\"patch_active_text\":\"accepted\"}", "replace", "\"no\"", 400)]
    public async Task The_operation_of_a_users_patch(string behaviour, string op, string active, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour(behaviour);
        var id = await zoom.CreateAsync("a@example.com");
        using var reply = await zoom.SendAsync("PATCH", "/Users/" + id, $"{{\"Operations\":[{{\"op\":\"{op}\",\"value\":{{\"active\":{active}}}}}]}}");
        Assert.Equal(expected, reply.Status);
    }

    [Theory]
    [InlineData("permanent", 201)]
    [InlineData("disassociate", 400)]
    public async Task What_is_left_of_a_deleted_user(string position, int expected)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"delete_means\":\"{position}\"}}");
        var id = await zoom.CreateAsync("a@example.com");
        using var gone = await zoom.SendAsync("DELETE", "/Users/" + id);
        Assert.Equal(204, gone.Status);
        using var again = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"a@example.com\"}");
        Assert.Equal(expected, again.Status);
    }

    [Fact]
    public async Task The_schemas_of_a_groups_patch()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var group = await zoom.SendAsync("POST", "/Groups", "{\"displayName\":\"G\"}");
        var path = "/Groups/" + Uri.EscapeDataString(group.Text("id"));
        const string Rename = "\"Operations\":[{\"op\":\"replace\",\"value\":{\"displayName\":\"H\"}}]}";
        zoom.Simulator.PatchBehaviour("{\"patch_schemas\":\"documented-only\"}");
        using var bare = await zoom.SendAsync("PATCH", path, "{" + Rename);
        bare.AssertScimError(400, "The \"Operations\" of the request is invalid.");
        using var whole = await zoom.SendAsync("PATCH", path, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"]," + Rename);
        Assert.Equal(204, whole.Status);
    }
}
