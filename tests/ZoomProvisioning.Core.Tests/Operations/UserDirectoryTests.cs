using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Tests.Operations;

public class UserDirectoryTests
{
    private readonly FakeZoom _zoom = new();
    private readonly List<string> _given = [];

    private UserDirectory Directory => new(Wishes.Connection(_zoom));

    private Task<(int Total, int Delivered)> ListAsync(ScimFilter? filter = null) => Directory.ListAsync(filter, page =>
    {
        _given.AddRange(page.Select(u => u.Id!));
        return Task.CompletedTask;
    }, ScimCall.None);

    private static ScimPage<ScimUser> Page(int total, int start, params string[] ids) =>
        new(ids.Select(i => new ScimUser(new ScimObject { ["id"] = i, ["userName"] = i + "@example.com" }, UserDetail.Listed)).ToList(), total, start);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(200, 2)]
    [InlineData(250, 3)]
    public async Task Every_user_is_given_once_in_pages_of_a_hundred(int users, int pages)
    {
        for (var i = 0; i < users; i++)
        {
            _zoom.Add($"u{i}@example.com");
        }

        var (total, delivered) = await ListAsync();

        Assert.Equal(users, total);
        Assert.Equal(users, delivered);
        Assert.Equal(users, _given.Distinct().Count());
        Assert.Equal(users, _given.Count);
        // After the first one they are asked for at once, and arrive as they like.
        Assert.Equal("1+100", _zoom.All[0].Target);
        Assert.Equal(
            Enumerable.Range(0, pages).Select(p => $"{(p * 100) + 1}+100").OrderBy(t => t, StringComparer.Ordinal),
            _zoom.All.Select(s => s.Target).OrderBy(t => t, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" ")]
    [InlineData("")]
    public async Task What_is_no_id_is_nobodys_and_is_not_sent(string id)
    {
        Assert.Null(await Directory.FindByIdAsync(id, ScimCall.None));
        Assert.Empty(_zoom.All);
    }

    [Fact]
    public async Task An_empty_account_is_one_request_and_no_page()
    {
        Assert.Equal((0, 0), await ListAsync());
        Assert.Single(_zoom.All);
        Assert.Empty(_given);
    }

    [Fact]
    public async Task A_server_with_smaller_pages_is_followed_by_what_it_gives()
    {
        var ids = Enumerable.Range(0, 25).Select(i => $"id{i}").ToArray();
        _zoom.ListAnswer = (start, _, _) => Page(25, start, ids.Skip(start - 1).Take(10).ToArray());

        Assert.Equal((25, 25), await ListAsync());
        Assert.Equal(ids, _given);
        Assert.Equal(3, _zoom.All.Count);
    }

    [Fact]
    public async Task Somebody_who_slipped_through_because_the_list_shifted_is_found_in_the_next_pass()
    {
        var request = 0;
        _zoom.ListAnswer = (start, _, _) => ++request switch
        {
            1 => Page(4, start, "a", "b"),
            // 'a' was deleted, so everybody moved up and 'c' was jumped over.
            2 => Page(3, start, "d"),
            3 => Page(3, start, "b", "c", "d"),
            _ => throw new InvalidOperationException("one request too many"),
        };

        // 'a' was given out before it went, and nobody is given twice.
        Assert.Equal((3, 4), await ListAsync());
        Assert.Equal(["a", "b", "d", "c"], _given);
    }

    [Fact]
    public async Task Duplicates_over_two_pages_are_given_once_and_the_missing_one_is_looked_for()
    {
        var request = 0;
        _zoom.ListAnswer = (start, _, _) => ++request switch
        {
            1 => Page(4, start, "a", "b"),
            2 => Page(4, start, "b", "d"),
            3 => Page(4, start, "a", "b"),
            4 => Page(4, start, "c", "d"),
            _ => throw new InvalidOperationException("one request too many"),
        };

        Assert.Equal((4, 4), await ListAsync());
        Assert.Equal(["a", "b", "d", "c"], _given);
    }

    [Fact]
    public async Task A_list_that_stays_incomplete_says_so_and_does_not_go_on_for_ever()
    {
        _zoom.ListAnswer = (start, _, _) => start == 1 ? Page(10, start, "a", "b", "c") : Page(10, start);

        Assert.Equal((10, 3), await ListAsync());
        Assert.Equal(["a", "b", "c"], _given);
        Assert.InRange(_zoom.All.Count, 6, 9);
    }

    [Fact]
    public async Task The_first_page_is_taken_before_the_next_is_asked_for()
    {
        _zoom.ListAnswer = (start, _, _) => Page(3, start, $"id{start}");
        var order = new List<string>();
        _zoom.Before = _ => order.Add("asked");

        await Directory.ListAsync(null, async _ =>
        {
            await Task.Yield();
            order.Add("taken");
        }, ScimCall.None);

        Assert.Equal(["asked", "taken"], order.Take(2));
        Assert.Equal((3, 3), (order.Count(o => o == "asked"), order.Count(o => o == "taken")));
    }

    [Fact]
    public async Task A_filter_goes_along_with_every_page()
    {
        _zoom.Add("a@example.com");
        _zoom.Add("b@example.com");

        Assert.Equal((1, 1), await ListAsync(ScimFilter.UserName("b@example.com")));
    }

    [Fact]
    public async Task A_server_that_matches_too_much_does_not_give_the_wrong_user()
    {
        _zoom.ListAnswer = (start, _, _) => Page(2, start, "jill.chill", "jill");
        _zoom.Add("jill@example.com", u => u.Id = "jill");

        Assert.Equal("jill", (await Directory.FindAsync("JILL@example.com", ScimCall.None))!.Id);
        Assert.Null(await Directory.FindAsync("ji@example.com", ScimCall.None));
    }

    [Fact]
    public async Task An_identity_with_an_at_sign_is_a_name_and_any_other_an_id()
    {
        var id = _zoom.Add("jill@example.com");

        Assert.Equal(id, (await Directory.FindAsync("jill@example.com", ScimCall.None))!.Id);
        Assert.Equal(UserDetail.Read, (await Directory.FindAsync(id, ScimCall.None))!.Detail);
        Assert.Null(await Directory.FindAsync("nobody", ScimCall.None));
        Assert.Null(await Directory.FindAsync("nobody@example.com", ScimCall.None));
    }

    [Fact]
    public async Task A_wrong_address_of_the_API_is_not_taken_for_a_missing_user()
    {
        _zoom.Before = _ => throw FakeZoom.Refusal(404, "This API endpoint is not recognized.");

        Assert.Equal("Zoom.Endpoint.NotFound", (await Assert.ThrowsAsync<ScimNotFoundException>(() => Directory.FindByIdAsync("x", ScimCall.None))).ErrorId);
    }

    [Fact]
    public async Task A_user_who_vanishes_between_list_and_read_is_not_there()
    {
        _zoom.ListAnswer = (start, _, _) => Page(1, start, "gone");

        Assert.Null(await Directory.FindByNameAsync("gone@example.com", ScimCall.None));
    }
}
