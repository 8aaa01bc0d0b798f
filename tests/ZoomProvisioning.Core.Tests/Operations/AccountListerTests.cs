using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>How an account is listed: at once, in order, and to an end whatever the server says.</summary>
public class AccountListerTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _given = [];
    private int _requests;
    private int _underWay;
    private int _most;

    private static string[] People(int from, int count) => Enumerable.Range(from, count).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();

    private static ScimPage<string> Part(string[] all, int start, int count, int? total = null) => First(all, all.Length, start, count, total);

    private static ScimPage<string> First(string[] all, int length, int start, int count, int? total = null)
    {
        var from = Math.Min(start - 1, Math.Min(length, all.Length));
        var page = new string[Math.Min(count, Math.Min(length, all.Length) - from)];
        Array.Copy(all, from, page, 0, page.Length);
        return new(page, total ?? Math.Min(length, all.Length), start);
    }

    // Each request takes 50 ms of virtual time.
    private AccountLister<string> Lister(Func<int, int, ScimPage<string>> answer) => new(
        async (start, count, _, call) =>
        {
            Interlocked.Increment(ref _requests);
            var underWay = Interlocked.Increment(ref _underWay);
            for (var seen = _most; seen < underWay; seen = _most)
            {
                Interlocked.CompareExchange(ref _most, underWay, seen);
            }

            try
            {
                await _clock.Delay(TimeSpan.FromMilliseconds(50), call.Abort);
                return answer(start, count);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        },
        id => id,
        "users");

    private Task<(int Total, int Delivered)> ListAsync(
        Func<int, int, ScimPage<string>> answer, int concurrency = 8, Func<IReadOnlyList<string>, Task>? onPage = null) =>
        _clock.RunAsync(Task.Run(() => Lister(answer).ListAsync(null, onPage ?? Take, () => concurrency, ScimCall.None)));

    private Task Take(IReadOnlyList<string> page)
    {
        _given.AddRange(page);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Ten_thousand_come_in_order_in_a_hundred_requests_and_a_fraction_of_the_time()
    {
        var all = People(0, 10_000);
        var started = _clock.Elapsed;

        Assert.Equal((10_000, 10_000), await ListAsync((start, count) => Part(all, start, count)));

        Assert.Equal(all, _given);
        Assert.Equal(100, _requests);
        Assert.Equal(8, _most);
        // One after the other they would take five seconds.
        Assert.InRange(_clock.Elapsed - started, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task From_both_ends_the_pages_of_the_newest_come_as_early_as_those_of_the_oldest()
    {
        var asked = new List<int>();
        var all = People(0, 650);
        var lister = Lister((start, count) =>
        {
            asked.Add(start);
            return Part(all, start, count);
        });

        var counts = await _clock.RunAsync(Task.Run(() => lister.ListAsync(
            null, Take, () => 1, ScimCall.None, passes: 1, order: ListOrder.FromBothEnds)));

        Assert.Equal((650, 650), counts);
        Assert.Equal([1, 601, 101, 501, 201, 401, 301], asked);
        Assert.Equal(all.OrderBy(p => p, StringComparer.Ordinal), _given.OrderBy(p => p, StringComparer.Ordinal));
    }

    [Fact]
    public async Task From_both_ends_an_empty_page_is_not_the_end_but_a_list_that_cannot_be_true_comes_to_one()
    {
        var all = People(0, 650);
        // Zoom counts two hundred who are not there, and then as many as an int holds.
        var counts = await _clock.RunAsync(Task.Run(() => Lister((start, count) => Part(all, start, count, 850)).ListAsync(
            null, Take, () => 1, ScimCall.None, passes: 1, order: ListOrder.FromBothEnds)));
        Assert.Equal((850, 650), counts);

        _requests = 0;
        var error = await Assert.ThrowsAsync<ScimServerException>(() => _clock.RunAsync(Task.Run(() =>
            Lister((start, count) => Part(all, start, count, int.MaxValue)).ListAsync(
                null, Take, () => 1, ScimCall.None, passes: 1, order: ListOrder.FromBothEnds))));
        Assert.Equal("Zoom.List.Incomplete", error.ErrorId);
        Assert.InRange(_requests, 7, 20);
    }

    [Fact]
    public async Task What_is_not_worth_reading_on_ends_after_its_first_page()
    {
        var all = People(0, 650);
        var totals = new List<int>();

        var counts = await _clock.RunAsync(Task.Run(() => Lister((start, count) => Part(all, start, count)).ListAsync(
            null, Take, () => 8, ScimCall.None, goesOn: total =>
            {
                totals.Add(total);
                return false;
            })));

        Assert.Equal((650, 100), counts);
        Assert.Equal([650], totals);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task Whoever_wants_the_first_few_only_pays_for_one_page_and_leaves_nothing_running()
    {
        var all = People(0, 10_000);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => ListAsync((start, count) => Part(all, start, count), onPage: _ => throw new OperationCanceledException()));
        Assert.Equal(1, _requests);

        var pages = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => ListAsync(
            (start, count) => Part(all, start, count),
            onPage: _ => ++pages < 3 ? Task.CompletedTask : throw new OperationCanceledException()));

        Assert.InRange(_requests - 1, 3, 7);
        Assert.Equal(0, _underWay);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_the_list_after_what_came_before_it()
    {
        var all = People(0, 1000);
        var error = await Assert.ThrowsAsync<ScimServerException>(
            () => ListAsync((start, count) => start == 501 ? throw new ScimServerException("Zoom.Server.Failed", "down") : Part(all, start, count)));

        Assert.Equal("down", error.Message);
        Assert.Equal(all.Take(500), _given);
        Assert.Equal(0, _underWay);
    }

    [Fact]
    public async Task A_page_shorter_than_the_others_leaves_no_gap()
    {
        var all = People(0, 1000);
        Assert.Equal((1000, 1000), await ListAsync((start, count) => Part(all, start, start == 301 ? 7 : count)));
        Assert.Equal(all, _given);
        Assert.Equal(11, _requests);
    }

    [Fact]
    public async Task Pages_longer_than_asked_for_are_taken_as_they_come()
    {
        var all = People(0, 1000);
        Assert.Equal((1000, 1000), await ListAsync((start, _) => Part(all, start, 250)));
        Assert.Equal(all, _given);
        Assert.Equal(4, _requests);
    }

    [Theory]
    [InlineData(5_000_000)]
    [InlineData(int.MaxValue)]
    public async Task A_total_that_cannot_be_true_is_an_error_and_costs_neither_memory_nor_time(int total)
    {
        var all = People(0, 22);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var error = await Assert.ThrowsAsync<ScimServerException>(() => ListAsync((start, count) => Part(all, start, count, total)));

        Assert.Equal("Zoom.List.Incomplete", error.ErrorId);
        Assert.Contains("22", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100_000_000);
        Assert.InRange(_requests, 3, 40);
        Assert.Equal(all, _given);
    }

    [Fact]
    public async Task The_same_page_again_and_again_is_an_error()
    {
        var all = People(0, 100);
        var error = await Assert.ThrowsAsync<ScimServerException>(() => ListAsync((_, _) => Part(all, 1, 100, 1_000_000)));
        Assert.Equal("Zoom.List.Incomplete", error.ErrorId);
        Assert.InRange(_requests, 3, 100);
    }

    [Fact]
    public async Task Pages_that_never_end_end()
    {
        // A server that always has a hundred more than it has shown.
        var (total, delivered) = await ListAsync((start, count) => new ScimPage<string>(People(start, count), start + count + 99, start));
        Assert.True(delivered < total);
        Assert.InRange(_requests, 3, 20);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public async Task A_total_that_shrinks_or_grows_for_ever_ends(int by)
    {
        var total = 5000;
        var all = People(0, 20_000);
        var (_, delivered) = await ListAsync((start, count) =>
        {
            var now = Math.Max(0, Interlocked.Add(ref total, by));
            return First(all, now, start, count);
        });

        Assert.InRange(_requests, 3, 1000);
        Assert.Equal(_given.Count, _given.Distinct().Count());
        Assert.Equal(delivered, _given.Count);
    }

    [Fact]
    public async Task Nothing_but_people_without_an_id_ends()
    {
        var lister = new AccountLister<string?>(
            (start, count, _, _) => Task.FromResult(new ScimPage<string?>(new string?[count], 1_000_000, start)), id => id, "users");
        var given = 0;
        var error = await Assert.ThrowsAsync<ScimServerException>(() => lister.ListAsync(null, page =>
        {
            given += page.Count;
            return Task.CompletedTask;
        }, () => 4, ScimCall.None));
        Assert.Equal("Zoom.List.Incomplete", error.ErrorId);
        Assert.InRange(given, 100, 1000);
    }
}
