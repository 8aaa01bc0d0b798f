using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests;

public sealed class UserClientTests : IDisposable
{
    private readonly Fixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task A_list_says_where_it_starts_and_how_many_it_wants()
    {
        _f.Transport.Answer((_, _) => Reply.List(Reply.UserJson()));
        var page = await _f.Run(() => _f.Users.ListAsync(101, 100, null, _f.Call));

        var request = _f.Transport.Scim.Single();
        Assert.Equal("GET /scim2/Users?startIndex=101&count=100", request.ToString());
        Assert.Equal("application/scim+json", request.Headers["Accept"]);
        Assert.Equal("Bearer " + ScriptedTransport.Token + "1", request.Headers["Authorization"]);
        Assert.StartsWith("ZoomProvisioning/", request.Headers["User-Agent"]);
        Assert.Equal("jill@example.com", page.Resources.Single().UserName);
        Assert.Equal(UserDetail.Listed, page.Resources.Single().Detail);
        Assert.Equal(1, page.TotalResults);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 101)]
    [InlineData(1, -1)]
    public async Task A_page_Zoom_does_not_have_is_not_asked_for(int startIndex, int count)
    {
        await _f.Fails<ArgumentOutOfRangeException>(() => _f.Users.ListAsync(startIndex, count, null, _f.Call));
        Assert.Empty(_f.Transport.Requests);
    }

    [Fact]
    public async Task A_filter_is_quoted_and_escaped()
    {
        _f.Transport.Answer((_, _) => Reply.List());
        await _f.Run(() => _f.Users.ListAsync(1, 2, ScimFilter.UserName("o'brien+x@example.com"), _f.Call));
        var query = _f.Transport.Scim.Single().PathAndQuery;
        Assert.Contains("%22o", query);
        Assert.Contains("%2Bx%40example.com%22", query);
        Assert.DoesNotContain("+", query);
    }

    [Fact]
    public async Task A_filter_refused_for_its_quotes_is_sent_without_them_from_then_on()
    {
        _f.Transport.Answer((seen, _) => seen.PathAndQuery.Contains("%22")
            ? Reply.Error(400, "The current filter is not supported, the filter name: userName eq \"a@b.c\"")
            : Reply.List());
        await _f.Run(() => _f.Users.ListAsync(1, 2, ScimFilter.UserName("a@b.c"), _f.Call));
        await _f.Run(() => _f.Users.ListAsync(1, 2, ScimFilter.UserName("d@e.f"), _f.Call));

        Assert.Equal(3, _f.Transport.Scim.Count());
        Assert.EndsWith("filter=userName%20eq%20d%40e.f", _f.Transport.Scim.Last().PathAndQuery);
    }

    [Fact]
    public async Task A_pending_user_is_not_asked_for_twice()
    {
        _f.Transport.Answer((_, _) => Reply.Error(400, "User filter@b.c not exist or not belong to this account."));
        await _f.Fails<ScimUserStateException>(() => _f.Users.ListAsync(1, 2, ScimFilter.UserName("filter@b.c"), _f.Call));
        Assert.Single(_f.Transport.Scim);
    }

    [Theory]
    [InlineData("k&KdKr6TLWuxdDtk0hjSzL", "k%26KdKr6TLWuxdDtk0hjSzL")]
    [InlineData("a/b+c=", "a%2Fb%2Bc%3D")]
    [InlineData("a//b", "a%2F%2Fb")]
    [InlineData("ex_f-X", "ex_f-X")]
    [InlineData("a?b#c d", "a%3Fb%23c%20d")]
    public async Task An_id_is_one_escaped_path_segment(string id, string segment)
    {
        _f.Transport.Answer((_, _) => Reply.User());
        await _f.Run(() => _f.Users.GetAsync(id, _f.Call));
        Assert.Equal("/scim2/Users/" + segment, _f.Transport.Scim.Single().PathAndQuery);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_dot_segment_is_not_an_id(string id)
    {
        await _f.Fails<ArgumentException>(() => _f.Users.DeleteAsync(id, _f.Call));
        Assert.Empty(_f.Transport.Requests);
    }

    [Fact]
    public async Task A_create_sends_json_with_the_schemas_it_uses()
    {
        _f.Transport.Answer((_, _) => Reply.User(status: 201));
        var body = Fixture.NewUser();
        body.ComplexOrNew(ScimSchemas.EnterpriseUser)["department"] = "Ünits";
        var user = await _f.Run(() => _f.Users.CreateAsync(body, _f.Call));

        var request = _f.Transport.Scim.Single();
        Assert.Equal("POST /scim2/Users", request.ToString());
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal(
            $$$"""{"schemas":["{{{ScimSchemas.User}}}","{{{ScimSchemas.EnterpriseUser}}}"]"""
                + $$$""","userName":"jill@example.com","{{{ScimSchemas.EnterpriseUser}}}":{"department":"Ünits"}}""",
            request.Body);
        Assert.Equal("id1", user.Id);
        Assert.Equal(UserDetail.Created, user.Detail);
        Assert.False(body.Has("schemas"));
    }

    [Fact]
    public async Task An_activation_is_Zooms_example_to_the_letter()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        await _f.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        Assert.Equal("PATCH /scim2/Users/id1", _f.Transport.Scim.Single().ToString());
        Assert.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Operations":[{"op":"replace","value":{"active":true}}]}""",
            _f.Transport.Scim.Single().Body);
    }

    [Fact]
    public async Task A_server_that_wants_the_patch_schema_of_the_RFC_gets_it_and_is_remembered()
    {
        _f.Transport.Answer((seen, _) => seen.Body!.Contains("PatchOp", StringComparison.Ordinal)
            ? Reply.User()
            : Reply.Error(400, "schemas must contain urn:ietf:params:scim:api:messages:2.0:PatchOp"));
        await _f.Run(() => _f.Users.SetActiveAsync("id1", false, _f.Call));
        await _f.Run(() => _f.Users.SetActiveAsync("id1", true, _f.Call));
        Assert.Equal([false, true, true], _f.Transport.Scim.Select(r => r.Body!.Contains("PatchOp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Words_of_Zoom_are_taken_at_their_word_and_the_patch_is_not_sent_again()
    {
        _f.Transport.Answer((_, _) => Reply.Error(400, "Cannot activate or deactivate Zoom Room and Admin users."));
        await Assert.ThrowsAsync<ScimUserStateException>(() => _f.Run(() => _f.Users.SetActiveAsync("id1", false, _f.Call)));
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task An_update_keeps_the_schemas_given()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        var body = new ScimObject { ["schemas"] = new System.Collections.ArrayList { "x" }, ["title"] = "t" };
        await _f.Run(() => _f.Users.UpdateAsync("id1", body, _f.Call));
        Assert.Equal("""{"schemas":["x"],"title":"t"}""", _f.Transport.Scim.Single().Body);
    }

    [Fact]
    public async Task A_server_that_answers_a_change_with_nothing_is_asked_for_the_user()
    {
        _f.Transport.Answer((seen, _) => seen.Method == "PATCH" ? Reply.Empty() : Reply.User());
        var user = await _f.Run(() => _f.Users.SetActiveAsync("id1", false, _f.Call));
        Assert.Equal("id1", user.Id);
        Assert.Equal(["PATCH /scim2/Users/id1", "GET /scim2/Users/id1"], _f.Transport.Scim.Select(r => r.ToString()));
    }

    [Fact]
    public async Task A_user_just_created_may_take_a_moment_to_be_seen()
    {
        _f.Transport.Answer((seen, n) => seen.Method == "POST" ? Reply.User(status: 201)
            : n <= 3 ? Reply.Error(404, "User does not exist.")
            : Reply.User());
        await _f.Run(() => _f.Users.CreateAsync(Fixture.NewUser(), _f.Call));
        var user = await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal("id1", user.Id);
    }

    [Fact]
    public async Task A_404_is_believed_of_a_user_somebody_else_created()
    {
        _f.Transport.Answer((_, _) => Reply.Error(404, "User does not exist."));
        await _f.Fails<ScimNotFoundException>(() => _f.Users.GetAsync("other", _f.Call));
        Assert.Single(_f.Transport.Scim);
    }

    [Fact]
    public async Task A_delete_repeated_after_a_lost_reply_may_find_nobody()
    {
        _f.Transport.OnScim = (_, n, _) => n == 1
            ? throw new System.Net.Http.HttpRequestException("cut")
            : Task.FromResult(Reply.Error(404, "User does not exist."));
        await _f.Run(() => _f.Users.DeleteAsync("id1", _f.Call));
        Assert.Equal(2, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task A_first_delete_that_finds_nobody_is_an_error()
    {
        _f.Transport.Answer((_, _) => Reply.Error(404, "User does not exist."));
        await _f.Fails<ScimNotFoundException>(() => _f.Users.DeleteAsync("id1", _f.Call));
    }

    [Fact]
    public async Task Writes_to_one_user_wait_for_each_other_and_to_others_do_not()
    {
        var inFlight = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var overlap = 0;
        var most = 0;
        _f.Transport.OnScim = async (seen, _, _) =>
        {
            if (inFlight.AddOrUpdate(seen.Uri.AbsolutePath, 1, (_, n) => n + 1) > 1)
            {
                overlap++;
            }

            most = Math.Max(most, inFlight.Values.Sum());
            await _f.Clock.Delay(TimeSpan.FromSeconds(1), default);
            inFlight.AddOrUpdate(seen.Uri.AbsolutePath, 0, (_, n) => n - 1);
            return Reply.User();
        };
        await _f.Run(() => Task.WhenAll(Enumerable.Range(0, 12).Select(n => _f.Users.SetActiveAsync("id" + (n % 3), true, _f.Call))));
        Assert.Equal(0, overlap);
        Assert.True(most > 1);
    }
}
