using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>
/// Replies that nobody would send: whatever comes, a call ends with a result or with an error of ours, in time, and nothing harmful is
/// shown. How long, and where it begins: <see cref="FuzzBudget"/>.
/// </summary>
public sealed class ReplyFuzzTests
{
    private const int RoundsByDefault = 150;

    private static readonly int[] Statuses = [200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 407, 409, 413, 429, 429, 500, 503, 599, 999];
    private static readonly string[] Types =
    [
        "application/json", "application/scim+json", "text/html", "application/octet-stream", "text/plain; charset=utf-7",
    ];

    [Fact]
    public async Task Whatever_is_answered_a_call_ends_well_or_with_an_error_of_ours()
    {
        var budget = new FuzzBudget(RoundsByDefault);
        foreach (var seed in budget.Seeds())
        {
            await RoundAsync(seed);
        }
    }

    private static async Task RoundAsync(int seed)
    {
        var random = new Random(seed);
        using var f = new Fixture { MaxAttempts = 2 };
        var gate = new object();
        f.Transport.Answer((_, _) => Locked(gate, () => Make(random)));
        f.Transport.OnToken = (_, n, _) => Task.FromResult(Locked(gate, () => random.Next(4) == 0 ? Make(random) : Reply.Token(n)));
        try
        {
            await f.Run(() => Call(f, random.Next(9)));
        }
        catch (ScimException exception)
        {
            Harmless(seed, exception.Message, exception.ZoomMessage, exception.ZoomCode, exception.TrackingId);
            Assert.True(exception.RecommendedAction.Length > 0, $"seed {seed}: {exception.ErrorId} does not say what to do");
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception}");
        }

        foreach (var e in f.Events)
        {
            Harmless(seed, e.Message, e.TrackingId);
        }

        var rate = f.Service.Rate;
        Assert.True(rate.RequestsPerSecond is > 0.05 and <= 1000, $"seed {seed}: {rate.RequestsPerSecond} a second");
        Assert.True(f.Clock.Elapsed < TimeSpan.FromMinutes(30), $"seed {seed}: {f.Clock.Elapsed}");
    }

    private static Task Call(Fixture f, int kind) => kind switch
    {
        0 => f.Users.GetAsync("id1", f.Call),
        1 => f.Users.ListAsync(1, 100, null, f.Call),
        2 => f.Users.ListAsync(1, 2, ScimFilter.UserName("jill@example.com"), f.Call),
        3 => f.Users.CreateAsync(Fixture.NewUser(), f.Call),
        4 => f.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, f.Call),
        5 => f.Users.SetActiveAsync("id1", false, f.Call),
        6 => f.Users.DeleteAsync("id1", f.Call),
        7 => f.Service.Groups.ListMembersAsync("g1", f.Call),
        _ => f.Service.TestAsync(f.Call),
    };

    private static HttpResponseMessage Make(Random random)
    {
        var body = Mutation.OfBytes(random, Encoding.UTF8.GetBytes(Pick(random, Corpus.Bodies)));
        var response = new HttpResponseMessage((HttpStatusCode)Pick(random, Statuses)) { Content = new ByteArrayContent(body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", Pick(random, Types));
        for (var n = random.Next(4); n > 0; n--)
        {
            response.Headers.TryAddWithoutValidation(Pick(random, Corpus.Names), Pick(random, Corpus.Numbers));
        }

        if (random.Next(2) == 0)
        {
            response.Headers.TryAddWithoutValidation("X-RateLimit-Type", random.Next(3) == 0 ? "Daily-limit" : "QPS");
        }

        if (random.Next(2) == 0)
        {
            response.Headers.TryAddWithoutValidation("x-zm-trackingid", "rid=\u001b[31m" + new string('x', random.Next(3) * 400));
        }

        return response;
    }

    private static void Harmless(int seed, params string?[] texts)
    {
        foreach (var text in texts.Where(t => t is not null))
        {
            Assert.True(text!.Length < 8000 && !text.Any(c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E'), $"seed {seed}: {text}");
        }
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static T Locked<T>(object gate, Func<T> make)
    {
        lock (gate)
        {
            return make();
        }
    }
}
