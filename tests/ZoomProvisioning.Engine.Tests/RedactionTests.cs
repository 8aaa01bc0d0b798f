using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Everything the engine says is searched for everything it must not say.</summary>
public sealed class RedactionTests
{
    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("client1:" + Fixture.Secret));
    private static readonly string[] Secrets = [Fixture.Secret, ScriptedTransport.Token, Basic, Basic.TrimEnd('=')];

    public static TheoryData<string> Situations() => new(
        "good", "401", "400 echo", "500 html echo", "transport echo", "token refused with echo", "token garbled", "token html", "200 garbled echo", "too long");

    [Theory]
    [MemberData(nameof(Situations))]
    public async Task No_secret_gets_out(string situation)
    {
        using var f = new Fixture { MaxAttempts = 2 };

        // The far end repeats the headers it got, as some error pages do.
        f.Transport.Answer((seen, n) => situation switch
        {
            "401" => Reply.Gateway(401, 124, "Invalid access token: " + seen.Headers["Authorization"]),
            "400 echo" => Reply.Error(400, "You sent " + seen.Headers["Authorization"]),
            "500 html echo" => Reply.Json(500, "<html>" + seen.Headers["Authorization"], "text/html")
                .With("x-zm-trackingid", "2")
                .With("X-Echo", seen.Headers["Authorization"]),
            "transport echo" => throw new HttpRequestException("could not send " + seen.Headers["Authorization"]),
            "200 garbled echo" => Reply.Json(200, "{" + seen.Headers["Authorization"]),
            "too long" => Reply.Error(429, seen.Headers["Authorization"]).With("Retry-After", "100000"),
            _ => Reply.User().With("Set-Cookie", "session=" + ScriptedTransport.Token),
        });
        f.Transport.OnToken = (seen, n, _) => Task.FromResult(situation switch
        {
            "token refused with echo" =>
                Reply.Json(400, $$"""{"reason":"Not {{seen.Headers["Authorization"]}} {{Fixture.Secret}}","error":"invalid_client"}"""),
            "token garbled" => Reply.Json(200, $$"""{"access_token":"{{ScriptedTransport.Token}}9","expires_in":"""),
            "token html" => Reply.Json(502, "<html>" + seen.Headers["Authorization"], "text/html"),
            _ => Reply.Token(n),
        });

        var said = new List<string>();
        foreach (var action in new Func<Task>[]
        {
            () => f.Users.GetAsync("id1", f.Call),
            () => f.Users.CreateAsync(Fixture.NewUser(), f.Call),
            () => f.Users.DeleteAsync("id1", f.Call),
            async () => said.AddRange((await f.Service.TestAsync(f.Call)).SelectMany(s => new[] { s.ToString(), s.ZoomMessage ?? "", s.Remedy ?? "" })),
        })
        {
            try
            {
                await f.Run(action);
            }
            catch (ScimException exception)
            {
                said.Add(exception.Message + exception.ZoomMessage + exception.RecommendedAction + exception.ZoomCode);
                said.Add(exception.ToString());
            }
        }

        said.AddRange(f.Events.SelectMany(e => new[] { e.Message, e.Detail ?? "" }));
        Assert.NotEmpty(said);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(said, text => text.Contains(secret));
        }
    }

    [Theory]
    [InlineData("=", "%3D")]
    [InlineData("=", "%3d")]
    [InlineData("=", "&#61;")]
    [InlineData("=", "&#x3d;")]
    [InlineData("=", "\\u003d")]
    [InlineData("=", "")]
    [InlineData("+", "%2b")]
    [InlineData("/", "\\/")]
    [InlineData("&", "&amp;")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("ü", "\\u00FC")]
    [InlineData("👍", "&#128077;")]
    public void A_secret_is_found_however_its_signs_are_written(string sign, string written)
    {
        var redactor = new Wire.Redactor();
        var secret = "S3cr3tS3cr3t" + (sign == "=" ? "=" : sign + "/Pr0xy=");
        redactor.Add(secret);
        Assert.Equal("You sent (hidden)", redactor.Clean("You sent " + secret.Replace(sign, written)));
        Assert.Equal("S3cr3tS3cr3 = &#61; is another", redactor.Clean("S3cr3tS3cr3 = &#61; is another"));
    }

    [Theory]
    [InlineData("%3D")]
    [InlineData("&#61;")]
    [InlineData("\\u003d")]
    public async Task A_page_and_a_redirect_that_repeat_the_sign_in_give_nothing_away(string fill)
    {
        using var f = new Fixture { MaxAttempts = 1 };
        var echo = "MkFzZWNyZXQxMjM0NTY3ODkw";
        f.Transport.OnToken = (seen, _, _) =>
        {
            echo = seen.Headers["Authorization"].Split(' ')[1];
            var reply = Reply.Json(302, string.Empty);
            reply.Headers.Location = new Uri("https://login.example.com/?a=" + echo.Replace("=", fill));
            return Task.FromResult(reply);
        };
        var error = await f.Fails<ScimAuthenticationException>(() => f.Users.GetAsync("id1", f.Call));
        Assert.DoesNotContain(echo.TrimEnd('=').Substring(0, 12), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_are_shown_and_unknown_headers_are_not()
    {
        using var f = new Fixture();
        f.Transport.Answer((_, _) => Reply.User(status: 201).With("X-New-Header", "something").With("X-RateLimit-Limit", "80"));
        await f.Run(() => f.Users.CreateAsync(Fixture.NewUser(), f.Call));

        var sent = f.Events.Single(e => e.Kind == WireEventKind.Sending && e.Message.Contains("/scim2/Users"));
        Assert.Matches(@"^\[[0-9a-f]{8}\] POST /scim2/Users$", sent.Message);
        Assert.Contains("jill@example.com", sent.Detail);
        Assert.Contains("Authorization: (hidden)", sent.Detail);
        Assert.Contains("Content-Type: application/json", sent.Detail);

        var received = f.Events.Last(e => e.Kind == WireEventKind.Received);
        Assert.Equal(201, received.Status);
        Assert.Equal("v=2.0;clid=us02;rid=WEB_1", received.TrackingId);
        Assert.Contains("X-New-Header: (hidden)", received.Detail);
        Assert.Contains("X-RateLimit-Limit: 80", received.Detail);

        var token = f.Events.First(e => e.Kind == WireEventKind.Received);
        Assert.Contains("POST /oauth/token", token.Message);
        Assert.DoesNotContain("access_token", token.Detail);
        Assert.Contains(f.Events, e => e.Kind == WireEventKind.TokenRefreshed);
        Assert.DoesNotContain(f.Events, e => (e.Detail ?? "").Contains("account_credentials"));
    }

    [Fact]
    public async Task The_callers_secret_may_be_disposed_of()
    {
        using var f = new Fixture();
        f.Transport.Answer((_, _) => Reply.User());
        var options = f.Options();
        using var service = new EngineFactory().Connect(options);
        options.ClientSecret!.Dispose();
        await f.Run(() => service.Users.GetAsync("id1", f.Call));
    }
}
