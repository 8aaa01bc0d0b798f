using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>What a plan has read, on the disk.</summary>
public sealed class ReadsFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string File => _folder.At("reads.json");

    public void Dispose() => _folder.Dispose();

    private AccountReads Saved(int users = 3)
    {
        var reads = new AccountReads(
            "account1",
            _folder.Clock.UtcNow,
            [.. Enumerable.Range(1, users).Select(i => new ScimUser(new ScimObject { ["id"] = $"id{i}", ["title"] = "\u2028\"'\n" }, UserDetail.Read))]);
        _folder.Factory.SaveReads(_folder.Path, reads);
        return reads;
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var (saved, read) = (Saved(), _folder.Factory.FindReads(_folder.Path)!);
        Assert.Equal((saved.Account, saved.ReadAt), (read.Account, read.ReadAt));
        Assert.Equal(saved.Users.Select(u => u.Attributes), read.Users.Select(u => u.Attributes));
        Assert.All(read.Users, u => Assert.Equal(UserDetail.Read, u.Detail));
        Assert.True(read.CountsFor("account1", saved.ReadAt.AddHours(24)));
        Assert.False(read.CountsFor("account1", saved.ReadAt.AddHours(24).AddSeconds(1)));
        Assert.False(read.CountsFor("account1", saved.ReadAt.AddSeconds(-1)));
        Assert.False(read.CountsFor("account2", saved.ReadAt));
    }

    [Fact]
    public void A_damaged_one_is_none()
    {
        Saved();
        var text = System.IO.File.ReadAllText(File);
        for (var cut = text; cut.Length > 5;)
        {
            cut = cut.Remove(cut.Length - 5);
            System.IO.File.WriteAllText(File, cut);
            Assert.Null(_folder.Factory.FindReads(_folder.Path));
        }

        System.IO.File.WriteAllText(File, text.Replace("id2", "id9"));
        Assert.Null(_folder.Factory.FindReads(_folder.Path));
    }

    [Fact]
    public void It_is_no_state_of_a_rule_by_itself_and_can_be_forgotten()
    {
        Assert.Null(_folder.Factory.FindReads(_folder.Path));
        Saved();
        Assert.False(_folder.Factory.IsRuleFolder(_folder.Path));
        using (_folder.Open())
        {
            // A run can begin in a folder that a plan has made.
        }

        _folder.Factory.ForgetReads(_folder.Path);
        Assert.Null(_folder.Factory.FindReads(_folder.Path));
    }
}
