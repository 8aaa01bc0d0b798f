using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.State;

namespace ZoomProvisioning.Engine.Tests.State;

public sealed class LockTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_another_process_has_is_locked_and_the_error_says_who_has_it()
    {
        using (var other = await SecondRun.StartAsync("hold", _folder.Path))
        {
            var error = Assert.Throws<ScimStateException>(() => _folder.Open());
            Assert.Equal("Zoom.State.Locked", error.ErrorId);
            Assert.Contains($"pid {other.Id} on {Environment.MachineName}, user {Environment.UserName}, started ", error.Message);
            Assert.NotEmpty(error.RecommendedAction);

            // Looking is allowed all the same.
            Assert.Empty(_folder.Factory.ReadJournal(_folder.Path));
            Assert.NotNull(_folder.Factory.ReadLedger(_folder.Path));
            Assert.True(_folder.Factory.CheckJournal(_folder.Path).IsIntact);
        }

        _folder.Open().Dispose();
    }

    [Fact]
    public async Task A_killed_owner_has_nothing_any_more()
    {
        using var other = await SecondRun.StartAsync("hold", _folder.Path);
        other.Kill();
        Assert.True(File.Exists(_folder.At("run.owner.json")));

        _folder.Open().Dispose();
        Assert.False(File.Exists(_folder.At("run.owner.json")));
    }

    [Fact]
    public void A_folder_is_locked_within_a_process_too()
    {
        using (_folder.Open())
        {
            Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => _folder.Open()).ErrorId);
            Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => _folder.Open(rebuild: true)).ErrorId);
        }

        _folder.Open().Dispose();
    }

    [Fact]
    public void Where_there_are_no_locks_the_owner_decides_as_long_as_its_process_lives()
    {
        Directory.CreateDirectory(_folder.Path);
        var owner = _folder.At("run.owner.json");
        var self = RunOwner.Self(DateTimeOffset.UtcNow);

        self.Write(owner);
        Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => Take(locksWork: false)).ErrorId);

        // The id was given to another process since.
        (self with { ProcessStarted = self.ProcessStarted.AddMinutes(-1) }).Write(owner);
        Take(locksWork: false).Dispose();

        (self with { ProcessId = int.MaxValue }).Write(owner);
        Take(locksWork: false).Dispose();
        Assert.False(File.Exists(owner));
    }

    [Fact]
    public void Where_there_are_no_locks_the_owner_on_another_machine_decides_until_somebody_deletes_it()
    {
        Directory.CreateDirectory(_folder.Path);
        var owner = _folder.At("run.owner.json");
        (RunOwner.Self(DateTimeOffset.UtcNow) with { Machine = "ELSEWHERE" }).Write(owner);

        var error = Assert.Throws<ScimStateException>(() => Take(locksWork: false));
        Assert.Contains("on ELSEWHERE", error.Message);
        Assert.Contains(owner, error.RecommendedAction);
        Assert.True(File.Exists(owner));

        // With locks, one that could be taken says that the owner is gone.
        Take(locksWork: true).Dispose();
    }

    [Fact]
    public void Whether_there_are_locks_is_found_out()
    {
        Directory.CreateDirectory(_folder.Path);
        RunOwner.Self(DateTimeOffset.UtcNow).Write(_folder.At("run.owner.json"));
        Take(locksWork: null).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"pid\":\"x\"}")]
    public void An_owner_that_cannot_be_read_is_in_nobodys_way(string text)
    {
        Directory.CreateDirectory(_folder.Path);
        File.WriteAllText(_folder.At("run.owner.json"), text);
        _folder.Open().Dispose();
    }

#if !NETFRAMEWORK
    [Fact]
    public async Task Without_locks_a_living_process_is_recognised_and_a_killed_one_too()
    {
        using var other = await SecondRun.StartAsync("hold", _folder.Path, withoutLocks: true);
        Assert.Equal("Zoom.State.Locked", Assert.Throws<ScimStateException>(() => Take(locksWork: false)).ErrorId);
        other.Kill();
        Take(locksWork: false).Dispose();
    }
#endif

    private RunLock Take(bool? locksWork) => RunLock.Take(_folder.Path, SystemClock.Instance, locksWork);
}
