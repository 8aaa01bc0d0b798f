using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests;

public sealed class HostileReplyTests : IDisposable
{
    private readonly Fixture _f = new() { MaxAttempts = 1 };

    public void Dispose() => _f.Dispose();

    public static TheoryData<string, byte[]> Unreadable() => new()
    {
        { "application/json", [] },
        { "application/json", Encoding.UTF8.GetBytes("{\"Resources\":[{\"id\":\"a") },
        { "application/json", Encoding.UTF8.GetBytes("[1,2]") },
        { "application/json", Encoding.UTF8.GetBytes("\"text\"") },
        { "application/json", Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 5000) + new string(']', 5000) + "}") },
        { "application/json", Encoding.UTF8.GetBytes("{\"totalResults\":1,\"Resources\":[{\"userName\":\"\\ud800\"}]}") },
        { "application/json", [(byte)'{', (byte)'"', (byte)'a', (byte)'"', (byte)':', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)'}'] },
        { "application/json", Encoding.UTF8.GetBytes("{\"neither\":\"list nor user\"}") },
        { "text/html", Encoding.UTF8.GetBytes("<html><body>Sign in to the guest network</body></html>") },
        { "application/octet-stream", [0, 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_good_status_with_an_unreadable_body_is_a_server_error(string type, byte[] body)
    {
        _f.Transport.Answer((_, _) =>
        {
            var response = Reply.Json(200, "", type);
            response.Content = new ByteArrayContent(body);
            response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            return response;
        });
        var error = await _f.Fails<ScimServerException>(() => _f.Users.ListAsync(1, 10, null, _f.Call));
        Assert.Equal("Zoom.Reply.Unreadable", error.ErrorId);
        Assert.Equal("v=2.0;clid=us02;rid=WEB_1", error.TrackingId);
        Assert.True(error.Message.Length < 600, error.Message);
    }

    [Theory]
    [InlineData("""{"totalResults":0}""", 0, 0)]
    [InlineData("""{"totalResults":"7","Resources":null}""", 7, 0)]
    [InlineData("""{"totalResults":3,"startIndex":1,"Resources":{"id":"a","userName":"b@c.d"}}""", 3, 1)]
    [InlineData("""{"Resources":[{"id":"a"},null,5,"x"]}""", 1, 1)]
    [InlineData("""{"totalResults":2.0,"Resources":[{"id":"a"}]}""", 2, 1)]
    [InlineData("""{"totalResults":2e1,"Resources":[{"id":"a"}]}""", 20, 1)]
    public async Task A_list_is_read_generously(string json, int total, int users)
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, json, "application/scim+json"));
        var page = await _f.Run(() => _f.Users.ListAsync(1, 10, null, _f.Call));
        Assert.Equal(total, page.TotalResults);
        Assert.Equal(users, page.Resources.Count);
    }

    [Theory]
    [InlineData("""{"userName":"jill@example.com"}""")]
    [InlineData("""{"id":true,"userName":"jill@example.com"}""")]
    [InlineData("""{"id":"","userName":"jill@example.com"}""")]
    [InlineData("""{"id":"..","userName":"jill@example.com"}""")]
    [InlineData("""{"id":"LONG","userName":"jill@example.com"}""")]
    public async Task A_user_without_an_id_is_no_user(string json)
    {
        json = json.Replace("LONG", new string('i', 100_000));
        _f.Transport.Answer((_, _) => Reply.Json(200, json));
        Assert.Equal("Zoom.Reply.Unreadable", (await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call))).ErrorId);
        // After a write it is known whose reply it is.
        Assert.Equal("id1", (await _f.Run(() => _f.Users.UpdateAsync("id1", [], _f.Call))).Id);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        _f.Transport.Answer((_, _) => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Reply.UserJson())]),
        });
        Assert.Equal("id1", (await _f.Run(() => _f.Users.GetAsync("id1", _f.Call))).Id);
    }

    [Theory]
    [InlineData(400, """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"Strange words.","status":400}""", "Strange words.", null)]
    [InlineData(400, """{"detail":"Strange words.","status":"400","scimType":"invalidValue"}""", "Strange words.", "invalidValue")]
    [InlineData(
        400,
        """{"code":300,"message":"Strange.","errors":[{"field":"email","message":"bad"},{"message":"worse"},"plain",{}]}""",
        "Strange. email: bad; worse; plain",
        "300")]
    [InlineData(400, """{"reason":"Strange","error":"odd"}""", "Strange", "odd")]
    [InlineData(400, """{"error":"odd"}""", "odd", "odd")]
    [InlineData(400, """{"status":false,"errorCode":401}""", """{"status":false,"errorCode":401}""", "401")]
    [InlineData(400, """{"detail":{"a":1},"message":["x"],"code":{"y":2}}""", """{"detail":{"a":1},"message":["x"],"code":{"y":2}}""", null)]
    [InlineData(400, """[]""", "[]", null)]
    [InlineData(400, "", "status 400 (Bad Request) with an empty body", null)]
    [InlineData(503, "<html>\n  <b>503</b>\n</html>", "<html> <b>503</b> </html>", null)]
    public async Task An_error_body_of_any_kind_is_read(int status, string body, string words, string? code)
    {
        _f.Transport.Answer((_, _) => Reply.Json(status, body));
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.Equal(words, error.ZoomMessage);
        Assert.Equal(code, error.ZoomCode);
        Assert.Equal(status, error.Status);
        Assert.Equal("v=2.0;clid=us02;rid=WEB_1", error.TrackingId);
    }

    [Fact]
    public async Task Of_an_endless_error_page_the_start_is_shown()
    {
        _f.Transport.Answer((_, _) => Reply.Json(500, "<html>" + new string('x', 100_000), "text/html"));
        var error = await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(203, error.ZoomMessage!.Length);
    }

    [Fact]
    public async Task A_reply_larger_than_any_of_Zooms_is_not_read_and_not_asked_for_again()
    {
        var junk = new string('j', 40_000);
        _f.Transport.Answer((seen, _) => seen.Method == "PUT" || seen.PathAndQuery.Contains("/Users/")
            ? Reply.Json(200, Reply.UserJson().Replace("}", $",\"junk\":\"{string.Concat(Enumerable.Repeat(junk, 60))}\"}}"))
            : Reply.List([.. Enumerable.Range(1, 100).Select(n => Reply.UserJson("id" + n).Replace("}", $",\"junk\":\"{junk}\"}}"))]));
        Assert.Equal("Zoom.Connection.TooLarge", (await _f.Fails<ScimConnectionException>(() => _f.Users.ListAsync(1, 100, null, _f.Call))).ErrorId);
        Assert.Equal("Zoom.Connection.TooLarge", (await _f.Fails<ScimConnectionException>(() => _f.Users.GetAsync("id1", _f.Call))).ErrorId);
        await _f.Fails<ScimOutcomeUnknownException>(() => _f.Users.UpdateAsync("id1", Fixture.NewUser(), _f.Call));
        Assert.Equal(3, _f.Transport.Scim.Count());
    }

    [Fact]
    public async Task An_object_of_more_names_than_anything_has_is_none()
    {
        var names = string.Join(",", Enumerable.Range(0, 100_000).Select(n => $"\"k{n}\":1"));
        _f.Transport.Answer((_, _) => Reply.List($"{{\"id\":\"id1\",{names}}}"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await _f.Fails<ScimServerException>(() => _f.Users.ListAsync(1, 100, null, _f.Call));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_not_followed(int status)
    {
        _f.Transport.Answer((_, _) =>
        {
            var response = Reply.Empty(status);
            response.Headers.Location = new Uri("https://evil.example/scim2");
            return response;
        });
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.Contains("https://evil.example", error.Message);
        Assert.Single(_f.Transport.Scim);
    }

    [Theory]
    [InlineData("The email \"a@b.c\" is already in use.", 400, typeof(ScimConflictException))]
    [InlineData("User a@b.c not exist or not belong to this account.", 400, typeof(ScimUserStateException))]
    [InlineData("Invalid access token, does not contain scopes:[scim2:admin].", 400, typeof(ScimPermissionException))]
    [InlineData("User does not exist.", 404, typeof(ScimNotFoundException))]
    [InlineData("The request body must be in JSON format.", 400, typeof(ScimBadRequestException))]
    public async Task Zooms_words_become_the_error(string words, int status, Type type)
    {
        _f.Transport.Answer((_, _) => Reply.Error(status, words));
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.UpdateAsync("id1", [], _f.Call)));
        Assert.IsType(type, error);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public async Task Random_bytes_never_crash_it()
    {
        var random = new Random(20260105);
        var good = Encoding.UTF8.GetBytes("{\"totalResults\":1,\"Resources\":[" + Reply.UserJson() + "]}");
        var kinds = new HashSet<string>();
        for (var n = 0; n < 200; n++)
        {
            var body = (byte[])good.Clone();
            for (var i = 0; i < 3; i++)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var cut = random.Next(4) == 0 ? random.Next(body.Length) : body.Length;
            var status = random.Next(3) switch { 0 => 400, 1 => 500, _ => 200 };
            _f.Transport.Answer((_, _) => new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body, 0, cut) });
            try
            {
                await _f.Run(() => _f.Users.ListAsync(1, 10, null, _f.Call));
                kinds.Add("read");
            }
            catch (ScimException exception)
            {
                kinds.Add(exception.GetType().Name);
            }
        }

        Assert.True(kinds.Count >= 3, string.Join(", ", kinds.OrderBy(k => k)));
    }
}
