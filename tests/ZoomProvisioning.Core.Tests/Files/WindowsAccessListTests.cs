using System;
using Xunit;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Tests.Files;

/// <summary>Whom a folder of Windows is open to, from lists as Windows writes them; asking Windows itself needs one.</summary>
public class WindowsAccessListTests
{
    [Theory]
    [InlineData("D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", "")]
    // D:\ as it comes, and a folder made in it.
    [InlineData("D:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICIIO;SDGXGWGR;;;AU)(A;;0x1301bf;;;AU)(A;OICI;0x1200a9;;;BU)", "Authenticated Users, Users")]
    [InlineData("D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;OICIIOID;GA;;;CO)", "Users")]
    [InlineData("D:(A;OICI;FA;;;S-1-5-21-1-2-3-1104)(A;OICI;0x1200a9;;;S-1-5-21-1-2-3-513)", "Domain Users")]
    // One person, one group and one service are somebody's choice.
    [InlineData("D:(A;OICI;FA;;;S-1-5-21-1-2-3-1104)(A;OICI;FA;;;S-1-5-80-1-2-3-4-5)(A;OICI;FR;;;DA)", "")]
    // What is denied, or allows nothing, opens nothing.
    [InlineData("D:(D;OICI;FA;;;WD)(A;;0x0;;;BU)(A;OICI;FA;;;BA)", "")]
    [InlineData("D:(XA;OICI;FR;;;WD;(@User.Title==\"PM\"))", "Everyone")]
    [InlineData("D:NO_ACCESS_CONTROL", "Everyone")]
    [InlineData("D:", "")]
    [InlineData("", "")]
    [InlineData("D:(A;OICI", "")]
    public void A_list_is_open_to_groups_of_many_people(string sddl, string groups) => Assert.Equal(groups, string.Join(", ", WindowsAccessList.OpenTo(sddl)));

    [Fact]
    public void It_is_told_with_what_closes_it()
    {
        Assert.Null(PrivateFiles.OpenTo(@"D:\Zoom State", []));
        var told = PrivateFiles.OpenTo(@"D:\Zoom State", ["Users"])!;
        Assert.Contains(@"'D:\Zoom State' is open to others on this machine (Users)", told, StringComparison.Ordinal);
        Assert.Contains(@"icacls ""D:\Zoom State"" /inheritance:r /grant:r", told, StringComparison.Ordinal);
    }
}
