using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>How the one list of a command is read, waited for, and given up.</summary>
public partial class ManyUsersTests
{
    [Fact]
    public async Task Who_waits_for_a_page_does_so_aside()
    {
        var aside = 0;
        using var isAside = new ManualResetEventSlim();
        _zoom.Before = sent =>
        {
            if (sent.Target == "1+100")
            {
                isAside.Wait(TimeSpan.FromSeconds(30));
            }
        };
        var call = new ScimCall(CancellationToken.None, CancellationToken.None)
        {
            Aside = waiting =>
            {
                aside++;
                isAside.Set();
                return waiting;
            },
        };
        var one = Operations();
        _left = 300;
        await one.UpdateAsync(Wishes.For(Name(0), u => u.Department = "x"), new FakeHost(), call);
        Assert.Equal(1, aside);

        // Nobody does who is on the list by now.
        await one.UpdateAsync(Wishes.For(Name(1), u => u.Department = "x"), new FakeHost(), call);
        Assert.Equal(1, aside);
    }

    [Fact]
    public async Task An_account_much_larger_than_the_run_is_not_listed()
    {
        for (var i = InZoom; i < 5000; i++)
        {
            _zoom.Add(Name(i));
        }

        var one = Operations();
        var wishes = Enumerable.Range(0, 30).Select(i => Wishes.For(Name(70 + (2 * i)), u => u.Department = "Research")).ToList();
        await RunAsync(wishes, w => one.UpdateAsync(w, new FakeHost(), ScimCall.None));

        // One page to find out how large it is; half of them are on it, and of those some are looked up before it is there.
        Assert.Single(_zoom.All, s => s.Target == "1+100");
        Assert.InRange(Count("LIST"), 1 + 15, 1 + 23);
        Assert.Equal(30, Count("PUT"));
    }

    [Fact]
    public async Task Zooms_no_to_the_list_is_no_end_of_the_command()
    {
        _zoom.Before = sent =>
        {
            if (sent is { Method: "LIST", Target: "101+100" })
            {
                throw FakeZoom.Refusal(500, "Internal error");
            }
        };

        Assert.All(await UpdateAsync(300, u => u.Department = "Research"), r => Assert.Equal(ChangeOutcome.Done, r.Outcome));
    }

    [Fact]
    public async Task What_was_read_ahead_ends_with_the_command()
    {
        var pages = new SemaphoreSlim(0);
        _zoom.Before = sent =>
        {
            if (sent.Target == "101+100")
            {
                pages.Release();
            }
        };
        var one = Operations();
        _left = 300;
        await one.UpdateAsync(Wishes.For(Name(0), u => u.Department = "x"), new FakeHost(), ScimCall.None);
        one.Dispose();
        _left = 0;
        Assert.Equal(ChangeOutcome.Done, (await one.UpdateAsync(Wishes.For(Name(400), u => u.Department = "x"), new FakeHost(), ScimCall.None))!.Outcome);
    }
}
