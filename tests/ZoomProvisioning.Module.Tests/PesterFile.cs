using System;
using System.Threading.Tasks;
using Xunit.Abstractions;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// One file of the Pester suite as one test. The build derives a class of the file's name from this one for each file of
/// tests/Pester, so that they run beside each other and fail by their own names.
/// </summary>
public abstract class PesterFile(ITestOutputHelper log)
{
    [PowerShellFact]
    public async Task Passes_against_the_staged_module() =>
        await PesterRun.AssertPassesAsync(await TestShell.GetAsync(), GetType().Name, ["-Name", GetType().Name], log);
}

/// <summary>The tests of a file that start a PowerShell of their own, once more in one that is a program named <c>pwsh</c>.</summary>
public abstract class PesterFileOnProgram(ITestOutputHelper log)
{
    private string File => GetType().Name.Replace("OnProgram", string.Empty, StringComparison.Ordinal);

    [PowerShellFact]
    public async Task Passes_against_the_staged_module() =>
        await PesterRun.AssertPassesAsync(await TestShell.GetProgramAsync(), GetType().Name, ["-Name", File, "-Tag", "ChildShell"], log);
}
