using System.IO;
using System.Text;
using Xunit;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Scheduling;

namespace ZoomProvisioning.Tests.Scheduling;

/// <summary>A crontab is written back whole: only one that was read for certain, or that is not there for certain, is.</summary>
public class CrontabTests
{
    private static ProgramResult Said(int? exit, byte[] output, string errors) => new(new MemoryStream(output), errors, exit);

    [Theory]
    [InlineData("no crontab for ada\n")]
    [InlineData("crontab: no crontab for ada\n")]
    [InlineData("crontab: can't open 'ada': No such file or directory\n")]
    public void Who_has_none_yet_has_an_empty_one(string errors) => Assert.Equal(string.Empty, Crontab.TextOf(Said(1, [], errors), out _));

    [Fact]
    public void What_is_there_comes_as_it_is() =>
        Assert.Equal("# Zoë\n0 1 * * * job\n", Crontab.TextOf(Said(0, Encoding.UTF8.GetBytes("# Zoë\n0 1 * * * job\n"), string.Empty), out _));

    [Theory]
    [InlineData(1, "You (ada) are not allowed to use this program (crontab)", "ended with exit code 1: You (ada) are not allowed")]
    [InlineData(1, "crontab: can't open 'ada': Permission denied", "Permission denied")]
    [InlineData(1, "", "ended with exit code 1")]
    [InlineData(null, "no crontab for ada", "ended with exit code")]
    public void What_cannot_be_read_is_not_taken_for_an_empty_one(int? exit, string errors, string told)
    {
        Assert.Null(Crontab.TextOf(Said(exit, [], errors), out var why));
        Assert.Contains(told, why, System.StringComparison.Ordinal);
    }

    [Fact]
    public void One_in_another_encoding_is_not_damaged_by_writing_it_back()
    {
        Assert.Null(Crontab.TextOf(Said(0, [0x23, 0xEB, 0x0A], string.Empty), out var why));
        Assert.Contains("not written in UTF-8", why, System.StringComparison.Ordinal);
    }
}
