using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>What the group client puts on the wire (sheet 6.2), and how it takes the answers.</summary>
public sealed class GroupClientTests : IDisposable
{
    private const string PatchOp = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[""";

    private readonly Fixture _f = new();

    private IScimGroupClient Groups => _f.Service.Groups;

    public void Dispose() => _f.Dispose();

    private static string GroupJson(string id = "g1", string name = "Sales") =>
        """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","urn:ietf:params:scim:schemas:extension:zoom:2.0:Group"]"""
            + $$""","id":"{{id}}","displayName":"{{name}}","urn:ietf:params:scim:schemas:extension:zoom:2.0:Group":"""
            + """{"emailAlias":"sales@example.com"},"meta":"""
            + """{"resourceType":"Group","created":"2023-11-24T05:13:15Z","lastModified":"2023-11-27T11:36:20Z"},"later":7}""";

    private string Body(int index = 0) => _f.Transport.Scim.ElementAt(index).Body;

    [Fact]
    public async Task A_group_is_read_whole()
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, GroupJson("k&K/+=_-")));

        var group = await _f.Run(() => Groups.GetAsync("k&K/+=_-", _f.Call));

        Assert.Equal("GET /scim2/Groups/k%26K%2F%2B%3D_-", _f.Transport.Scim.Single().ToString());
        Assert.Equal(("k&K/+=_-", "Sales", "sales@example.com"), (group.Id, group.DisplayName, group.EmailAlias));
        Assert.Equal(new DateTimeOffset(2023, 11, 24, 5, 13, 15, TimeSpan.Zero), group.Created);
        Assert.Equal(new DateTimeOffset(2023, 11, 27, 11, 36, 20, TimeSpan.Zero), group.LastModified);
        Assert.Equal(7L, group.Attributes["later"]);
        Assert.Null(group.Members);
    }

    [Fact]
    public async Task A_name_is_filtered_by_quoted_and_without_quotes_only_when_Zoom_refuses_them()
    {
        _f.Transport.Answer((seen, _) => seen.PathAndQuery.Contains("eq%20%22", StringComparison.Ordinal)
            ? Reply.Error(400, "The current filter does not support the filter name: x")
            : Reply.List(GroupJson()));

        for (var n = 0; n < 2; n++)
        {
            Assert.Equal("g1", (await _f.Run(() => Groups.ListAsync(1, 100, ScimFilter.DisplayName("R&D \"A\""), _f.Call))).Resources.Single().Id);
        }

        Assert.Equal(
            [
                "/scim2/Groups?startIndex=1&count=100&filter=displayName%20eq%20%22R%26D%20%5C%22A%5C%22%22",
                "/scim2/Groups?startIndex=1&count=100&filter=displayName%20eq%20R%26D%20%22A%22",
            ],
            _f.Transport.Scim.Take(2).Select(r => r.PathAndQuery));
    }

    [Fact]
    public async Task A_create_says_name_and_mail_and_nothing_else()
    {
        _f.Transport.Answer((_, _) => Reply.Json(201, GroupJson()));

        await _f.Run(() => Groups.CreateAsync("Sales", "sales@example.com", _f.Call));
        await _f.Run(() => Groups.CreateAsync("Sales", null, _f.Call));

        Assert.Equal(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","urn:ietf:params:scim:schemas:extension:zoom:2.0:Group"]"""
                + ""","displayName":"Sales","urn:ietf:params:scim:schemas:extension:zoom:2.0:Group":{"emailAlias":"sales@example.com"}}""",
            Body());
        Assert.Equal("""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Sales"}""", Body(1));
    }

    [Fact]
    public async Task Every_change_is_written_as_Zoom_documents_it()
    {
        await _f.Run(async () =>
        {
            await Groups.RenameAsync("g&1", "SCIM group", _f.Call);
            await Groups.SetEmailAliasAsync("g&1", "group@example.com", _f.Call);
            await Groups.AddMembersAsync("g&1", ["u1", "u&2"], _f.Call);
            await Groups.RemoveMembersAsync("g&1", ["u1", "u&2"], _f.Call);
        });

        Assert.All(_f.Transport.Scim, r => Assert.Equal("PATCH /scim2/Groups/g%261", r.ToString()));
        Assert.Equal(PatchOp + """{"op":"replace","value":{"displayName":"SCIM group"}}]}""", Body());
        Assert.Equal(
            PatchOp + """{"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:zoom:2.0:Group:emailAlias":"group@example.com"}}]}""",
            Body(1));
        Assert.Equal(["u1", "u&2"], Json(2).GetProperty("Operations")[0].GetProperty("value").EnumerateArray().Select(m => m.GetProperty("value").GetString()));
        Assert.Equal(
            ["members[value eq \"u1\"]", "members[value eq \"u&2\"]"],
            Json(3).GetProperty("Operations").EnumerateArray().Select(o => o.GetProperty("path").GetString()));
        Assert.All(Json(3).GetProperty("Operations").EnumerateArray(), o => Assert.Equal("remove", o.GetProperty("op").GetString()));
    }

    [Fact]
    public async Task Sixty_five_members_are_thirty_thirty_and_five_and_never_a_replacement()
    {
        var users = Enumerable.Range(0, 65).Select(n => $"u{n}").ToArray();
        await _f.Run(async () =>
        {
            await Groups.AddMembersAsync("g1", users, _f.Call);
            await Groups.RemoveMembersAsync("g1", users, _f.Call);
            await Groups.AddMembersAsync("g1", [], _f.Call);
        });

        Assert.Equal([30, 30, 5], Enumerable.Range(0, 3).Select(n => Json(n).GetProperty("Operations")[0].GetProperty("value").GetArrayLength()));
        Assert.Equal([30, 30, 5], Enumerable.Range(3, 3).Select(n => Json(n).GetProperty("Operations").GetArrayLength()));
        Assert.Equal(6, _f.Transport.Scim.Count());
        Assert.All(_f.Transport.Scim, r => Assert.DoesNotContain("replace", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_that_would_end_the_quotes_is_not_sent()
    {
        await _f.Fails<ArgumentException>(() => Groups.RemoveMembersAsync("g1", ["x\"] or id pr"], _f.Call));
        Assert.Empty(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_sent_again()
    {
        _f.Transport.Answer((_, n) => n == 1 ? throw new HttpRequestException("cut") : Reply.Empty());
        await _f.Run(() => Groups.AddMembersAsync("g1", ["u1"], _f.Call));
        Assert.Equal(2, _f.Transport.Scim.Count());
        Assert.Equal(Body(), Body(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_whose_answer_is_lost_is_settled_by_looking(bool carriedOut)
    {
        var there = false;
        var posts = 0;
        _f.Transport.Answer((seen, _) =>
        {
            if (seen.Method == "GET")
            {
                return there ? Reply.List(GroupJson("other", "Sales 2"), GroupJson(name: "SALES")) : Reply.List();
            }

            there = carriedOut || posts > 0;
            return ++posts == 1 ? throw new HttpRequestException("cut") : Reply.Json(201, GroupJson());
        });

        Assert.Equal("g1", (await _f.Run(() => Groups.CreateAsync("Sales", null, _f.Call))).Id);
        Assert.Equal(carriedOut ? ["POST", "GET"] : ["POST", "GET", "POST"], _f.Transport.Scim.Select(r => r.Method));
    }

    [Fact]
    public async Task A_create_that_stays_lost_names_the_group()
    {
        _f.MaxAttempts = 2;
        _f.Transport.Answer((seen, _) => seen.Method == "GET" ? Reply.List() : throw new HttpRequestException("cut"));
        var error = await _f.Fails<ScimConnectionException>(() => Groups.CreateAsync("Sales", null, _f.Call));
        Assert.Equal("Zoom.Group.CreateFailed", error.ErrorId);
        Assert.Contains("The group was not created", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_that_was_carried_out_unheard_is_no_error_and_a_delete_of_nothing_is()
    {
        _f.Transport.Answer((_, n) => n == 1 ? throw new HttpRequestException("cut") : Reply.Error(404, "Group does not exist."));
        await _f.Run(() => Groups.DeleteAsync("g1", _f.Call));
        Assert.Equal("Zoom.Group.NotFound", (await _f.Fails<ScimNotFoundException>(() => Groups.DeleteAsync("g1", _f.Call))).ErrorId);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_in_Zooms_words()
    {
        _f.Transport.Answer((_, _) => Reply.Error(409, "Group Sales exists."));
        Assert.Equal("Zoom.Group.AlreadyExists", (await _f.Fails<ScimConflictException>(() => Groups.RenameAsync("g1", "Sales", _f.Call))).ErrorId);
        Assert.Equal("Zoom.Group.AlreadyExists", (await _f.Fails<ScimConflictException>(() => Groups.CreateAsync("Sales", null, _f.Call))).ErrorId);
    }

    // ---- Members by the v2 API

    [Fact]
    public async Task Members_are_read_page_by_page_from_the_host_of_the_SCIM_address()
    {
        _f.Transport.Answer((_, n) => Reply.Json(200, n == 1
            ? """{"page_size":300,"total_records":3,"next_page_token":"a+/=b","members":["""
                + """{"id":"u1","email":"a@example.com","first_name":"A","last_name":"B","type":1},{"id":"u2"}]}"""
            : """{"next_page_token":"","members":[{"id":"u2","email":"late@example.com"},{"id":"u3"}]}"""));

        var members = await _f.Run(() => Groups.ListMembersAsync("g/1", _f.Call));

        Assert.Equal(["u1", "u2", "u3"], members.Select(m => m.Id));
        Assert.Equal(("a@example.com", "A", "B"), (members[0].Email, members[0].GivenName, members[0].FamilyName));
        Assert.Equal(
            [
                "https://api.zoom.us/v2/groups/g%2F1/members?page_size=300",
                "https://api.zoom.us/v2/groups/g%2F1/members?page_size=300&next_page_token=a%2B%2F%3Db",
            ],
            _f.Transport.Scim.Select(r => r.Uri.AbsoluteUri));
        Assert.All(_f.Transport.Scim, r => Assert.Equal("application/json", r.Headers["Accept"]));
    }

    [Fact]
    public async Task Pages_that_go_round_in_a_circle_end()
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, """{"next_page_token":"x","members":[]}"""));
        Assert.Equal("Zoom.Reply.Unreadable", (await _f.Fails<ScimServerException>(() => Groups.ListMembersAsync("g1", _f.Call))).ErrorId);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_told_which_one_is_missing()
    {
        _f.Transport.Answer(
            (_, _) => Reply.Gateway(400, 4711, "Invalid access token, does not contain scopes:[group:read:list_members:admin, group:read:admin]."));
        var error = await _f.Fails<ScimPermissionException>(() => Groups.ListMembersAsync("g1", _f.Call));
        Assert.Equal("Zoom.Permission.MembersScopeMissing", error.ErrorId);
        Assert.Contains("group:read:list_members:admin", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("group:read:admin", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("4711", error.ZoomCode);
    }

    private JsonElement Json(int index)
    {
        using var document = JsonDocument.Parse(Body(index));
        return document.RootElement.Clone();
    }
}
