using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>Numbers from outside have a type, a range and a meaning for nonsense; whatever the text, nothing is thrown.</summary>
public sealed class OutsideNumberTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly string[] Nasty =
    [
        "NaN", "-NaN", "Infinity", "-Infinity", "∞", "-∞", "-0", "-1", "-2147483648", "1e5", "1E+308", "1e999", "0x10", "1,000", "1 000", "+5", "٣", "１",
        ".", "..", "1.2.3", "1-5", "5-1-26", "12:00", "null", "true", "\0", " ", "0", "00", "1.5", ".5", "5.", "2147483647", "2147483648",
        "9223372036854775807",
        "9223372036854775808", "18446744073709551616", "0.0000001", "79228162514264337593543950336", new('9', 64), new('9', 65),
        new('9', 5000), "0." + new string('0', 400) + "1",
        "2026-01-05T08:00:17Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z",
        "Mon, 05 Jan 2026 08:00:17 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT", "5, 7", "5,", ",", "NaN, 3", "3, NaN", "3;4",
    ];

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        Gen.Elements(Nasty),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty),
        ArbMap.Default.GeneratorFor<double>().Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        ArbMap.Default.GeneratorFor<long>().Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Elements(Nasty).Two().Select(pair => pair.Item1 + ", " + pair.Item2)).ToArbitrary();

    private readonly Fixture _f = new() { MaxAttempts = 3 };

    public void Dispose() => _f.Dispose();

    private static void Holds(Func<string, bool> law) => Prop.ForAll(Texts, law).Check(Law.Times(2000));

    [Fact]
    public void A_number_is_digits_and_in_its_range() => Holds(text =>
        OutsideNumber.Decimal(text) is var any && (any is null || (any >= 0 && text.Trim().All(c => c is (>= '0' and <= '9') or '.')))
        && OutsideNumber.Decimal(text, 2, 9) is null or (>= 2 and <= 9));

    [Fact]
    public void A_count_is_whole_and_not_above_its_bound() => Holds(text =>
        OutsideNumber.Whole(text, 100) is null or (>= 0 and <= 100)
        && OutsideNumber.Whole(new ScimNumber(text), 100) is null or (>= 0 and <= 100));

    [Fact]
    public void A_wait_is_never_negative_and_never_beyond_a_century() => Holds(text =>
        RetryAfter.Parse(text, Now) is not { } wait || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(36_525) && Now + wait > Now - TimeSpan.FromDays(1)));

    [Fact]
    public void A_number_beside_a_token_is_in_its_range_whatever_stands_there() => Holds(text =>
    {
        using var quoted = JsonDocument.Parse(JsonSerializer.Serialize(text));
        return OutsideNumber.Decimal(quoted.RootElement, 60, 86_400) is null or (>= 60 and <= 86_400);
    });

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("-5")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("1-5")]
    [InlineData("12:30")]
    [InlineData("+5")]
    [InlineData("1,5")]
    public void Nonsense_is_no_wait(string text)
    {
        // Two numbers with a comma are two headers that a proxy joined.
        Assert.Equal(text == "1,5" ? 5 : null, RetryAfter.Parse(text, Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("3, 7", 7.0)]
    [InlineData("7, NaN", 7.0)]
    [InlineData("2, Mon, 05 Jan 2026 08:01:00 GMT", 2.0)]
    [InlineData("Monday, 05-Jan-26 08:01:00 GMT", 60.0)]
    [InlineData("Mon Jan  5 08:01:00 2026", 60.0)]
    [InlineData("2026-01-05T08:01:00.5Z", 60.5)]
    public void Of_two_waits_the_longer_counts_and_every_form_of_a_date_is_known(string text, double seconds) =>
        Assert.Equal(seconds, RetryAfter.Parse(text, Now)?.TotalSeconds);

    [Fact]
    public void Two_headers_are_the_longer_wait()
    {
        using var reply = Reply.TooMany().With("Retry-After", "3").With("Retry-After", "9");
        Assert.Equal(9, RetryAfter.Read(reply, Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("Infinity")]
    [InlineData("-99999999999999999999999")]
    [InlineData("0")]
    [InlineData("2020-05-31T00:00:00Z")]
    public async Task A_wish_that_is_none_leaves_the_waits_to_us(string retryAfter)
    {
        _f.Transport.AnswerInTurn(() => Reply.TooMany().With("Retry-After", retryAfter), () => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(2, _f.Transport.Scim.Count());
        Assert.InRange(_f.Clock.Elapsed, TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_good_reply_that_is_cut_short_cannot_ask_for_a_wait()
    {
        _f.Transport.AnswerInTurn(() => Reply.Json(200, "{\"id\":").With("Retry-After", "86400"), () => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.InRange(_f.Clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("0.0000001", 0.1 * 0.98)]
    [InlineData("5E-324", 10)]
    [InlineData("-80", 10)]
    [InlineData("NaN", 10)]
    [InlineData("0", 10)]
    [InlineData("0x50", 10)]
    [InlineData("40", 39.2)]
    [InlineData("99999999999999999999999999", 980)]
    public async Task A_pace_Zoom_names_is_believed_within_bounds(string limit, double pace)
    {
        _f.Transport.Answer((_, _) => Reply.User().With("X-RateLimit-Type", "QPS").With("X-RateLimit-Limit", limit).With("X-RateLimit-Remaining", limit));
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(pace, _f.Service.Rate.RequestsPerSecond, 6);
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.InRange(_f.Clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task What_stands_in_a_rate_header_is_not_repeated()
    {
        _f.Transport.Answer((seen, _) => Reply.User()
            .With("X-RateLimit-Type", seen.Headers["Authorization"])
            .With("X-RateLimit-Category", seen.Headers["Authorization"])
            .With("X-RateLimit-Limit", "5"));
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Equal(("unnamed", "unnamed", 5), _f.Service.Rate.Limits.Select(l => (l.Label, l.Type, l.Limit)).Single());
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-5", 60)]
    [InlineData("\"NaN\"", 60)]
    [InlineData("\"3600\"", 60)]
    [InlineData("\"\\ud800\"", 60)]
    [InlineData("1e308", 1440)]
    [InlineData("null", 60)]
    [InlineData("{\"a\":1}", 60)]
    [InlineData("true", 60)]
    public async Task A_token_is_worth_using_however_long_it_is_said_to_live(string expiresIn, int minutes)
    {
        _f.Transport.OnToken = (_, _, _) => Task.FromResult(Reply.Json(200, $$"""{"access_token":"a-token","expires_in":{{expiresIn}},"scope":[1]}"""));
        _f.Transport.Answer((_, _) => Reply.User());
        await _f.Run(() => _f.Users.GetAsync("id1", _f.Call));
        Assert.Contains(_f.Events, e => e.Message == $"Fetched an access token, valid for {minutes} minutes.");
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("5000001")]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e300")]
    [InlineData("\"many\"")]
    [InlineData("\"NaN\"")]
    [InlineData("true")]
    [InlineData("[3]")]
    public async Task A_total_that_cannot_be_true_is_no_list(string total)
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, $$"""{"totalResults":{{total}},"startIndex":1,"Resources":[{{Reply.UserJson()}}]}"""));
        var error = await _f.Fails<ScimServerException>(() => _f.Users.ListAsync(1, 100, null, _f.Call));
        Assert.Equal("Zoom.Reply.Unreadable", error.ErrorId);
        Assert.Contains("how many users there are", error.Message);
    }

    [Fact]
    public async Task A_full_page_without_a_total_may_be_any_page()
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, $$"""{"Resources":[{{Reply.UserJson("a")}},{{Reply.UserJson("b")}}]}"""));
        await _f.Fails<ScimServerException>(() => _f.Users.ListAsync(1, 2, null, _f.Call));
        Assert.Equal(2, (await _f.Run(() => _f.Users.ListAsync(1, 3, null, _f.Call))).TotalResults);
        Assert.Equal(2, (await _f.Run(() => _f.Users.ListAsync(1, 2, ScimFilter.UserName("a@example.com"), _f.Call))).TotalResults);
    }

    [Theory]
    [InlineData("-3")]
    [InlineData("2147483648")]
    [InlineData("\"x\"")]
    public async Task A_position_that_cannot_be_true_is_the_one_asked_for(string startIndex)
    {
        _f.Transport.Answer((_, _) => Reply.Json(200, $$"""{"totalResults":9,"startIndex":{{startIndex}},"Resources":[]}"""));
        Assert.Equal(5, (await _f.Run(() => _f.Users.ListAsync(5, 2, null, _f.Call))).StartIndex);
    }

    [Theory]
    [InlineData("""{"total_records":2147483647,"next_page_token":"N","members":[{"id":"uN"}]}""", 1)]
    [InlineData("""{"total_records":2,"next_page_token":"N","members":[{"id":"u1"}]}""", 2)]
    [InlineData("""{"total_records":2,"next_page_token":"same","members":[{"id":"uN"}]}""", 2)]
    [InlineData("""{"total_records":2,"next_page_token":"N","members":[{"id":"uN"}]}""", 305)]
    public async Task Members_that_never_end_are_an_error(string page, int requests)
    {
        _f.Transport.Answer((_, n) => Reply.Json(200, page.Replace("N", n.ToString(CultureInfo.InvariantCulture))));
        await _f.Fails<ScimServerException>(() => _f.Service.Groups.ListMembersAsync("g1", _f.Call));
        Assert.Equal(requests, _f.Transport.Scim.Count());
    }
}
