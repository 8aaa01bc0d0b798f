using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Texts from outside are bounded, free of secrets and harmless where they are shown.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Tricks = "a\u001b]52;c;cm0=\a b\r\nUser was deleted.\u202Egpj\u009b31m\0";
    private readonly Fixture _f = new() { MaxAttempts = 1 };

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData("""{"detail":X,"status":400}""", 400)]
    [InlineData("""{"code":X,"message":X,"errors":[{"field":X,"message":X}]}""", 400)]
    [InlineData("""{"reason":X,"error":X}""", 409)]
    [InlineData("X", 500)]
    public async Task Zooms_words_are_one_bounded_harmless_line(string body, int status)
    {
        var words = Tricks + new string('x', 1_000_000);
        _f.Transport.Answer((_, _) => Reply.Json(status, body.Replace("X", JsonSerializer.Serialize(words))).With("x-zm-trackingid", "rid"));
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.InRange(error.ZoomMessage!.Length, 10, 2000);
        Assert.InRange(error.Message.Length, 10, 3000);
        Assert.InRange(error.ZoomCode?.Length ?? 0, 0, 100);
        Harmless(error.Message, error.ZoomMessage!, error.ZoomCode, error.RecommendedAction);
        Assert.All(_f.Events, e => Harmless(e.Message));
    }

    [Fact]
    public async Task An_echo_of_the_token_is_hidden_wherever_it_comes_back()
    {
        _f.Transport.Answer((seen, _) =>
        {
            var token = seen.Headers["Authorization"].Replace("Bearer ", "");
            var reply = Reply.Json(400, $$"""{"detail":"{{new string('x', 1990)}}{{token}}","code":"{{token}}"}""");
            reply.Headers.Remove("x-zm-trackingid");
            reply.ReasonPhrase = token;
            return reply.With("x-zm-trackingid", token).With("Server", token).With("X-RateLimit-Category", token).With("X-RateLimit-Limit", "5");
        });
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.Equal("(hidden)", error.TrackingId);
        Assert.Equal("(hidden)", error.ZoomCode);
        var everything = error + error.ZoomMessage
            + string.Concat(_f.Events.Select(e => e.Message + e.Detail + e.TrackingId)) + _f.Service.Rate.Limits.Single().Label;
        for (var length = 8; length <= ScriptedTransport.Token.Length; length++)
        {
            Assert.DoesNotContain(ScriptedTransport.Token.Substring(0, length), everything.Replace("access_token", ""));
        }
    }

    [Fact]
    public async Task A_tracking_id_is_bounded_and_one_line()
    {
        _f.Transport.Answer((_, _) =>
        {
            var reply = Reply.Error(404, "User does not exist.");
            reply.Headers.Remove("x-zm-trackingid");
            return reply.With("x-zm-trackingid", "v=2.0;" + "\u001b[2J" + new string('9', 60_000));
        });
        var error = await Assert.ThrowsAnyAsync<ScimException>(() => _f.Run(() => _f.Users.GetAsync("id1", _f.Call)));
        Assert.InRange(error.TrackingId!.Length, 10, 200);
        Harmless(error.Message, error.TrackingId);
        Assert.All(_f.Events, e => Harmless(e.Message, e.TrackingId));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task An_unreadable_page_shows_a_harmless_beginning(string type)
    {
        _f.Transport.Answer((_, _) => new HttpResponseMessage(System.Net.HttpStatusCode.OK)
        {
            Content = new StringContent("<html>" + Tricks + new string(' ', 100_000) + ScriptedTransport.Token + "1", Encoding.UTF8, type),
        });
        var error = await _f.Fails<ScimServerException>(() => _f.Users.GetAsync("id1", _f.Call));
        Harmless(error.Message, error.ZoomMessage);
        Assert.DoesNotContain(ScriptedTransport.Token.Substring(0, 8), error.ToString());
        Assert.All(_f.Events.Where(e => e.Detail is not null), e => Assert.DoesNotContain(e.Detail!, c => char.IsControl(c) && c is not ('\n' or '\t')));
    }

    [Fact]
    public async Task Scopes_are_words_from_outside_too()
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(
            200,
            $$"""{"access_token":"{{ScriptedTransport.Token}}1","scope":"scim2:admin \u001b[2J {{ScriptedTransport.Token}}1 {{new string('s', 200_000)}}"}"""));
        _f.Transport.Answer((_, _) => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Contains("scim2:admin", _f.Service.Scopes);
        Assert.InRange(_f.Service.Scopes.Sum(s => s.Length), 10, 70_000);
        Harmless([.. _f.Service.Scopes]);
        Assert.DoesNotContain(_f.Service.Scopes, s => s.Contains(ScriptedTransport.Token));
    }

    [Fact]
    public async Task No_wire_text_is_made_when_nobody_reads_it()
    {
        _f.Transport.Answer((_, _) => Reply.User());
        _f.WantsDetail = false;
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.All(_f.Events, e => Assert.Null(e.Detail));
        Assert.Contains(_f.Events, e => e.Kind == WireEventKind.Received && e.TrackingId is not null);
    }

    private static void Harmless(params string?[] texts) =>
        Assert.All(
            texts.Where(t => t is not null),
            t => Assert.DoesNotContain(t!, c => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or '\u2028' or '\u2029'));
}
