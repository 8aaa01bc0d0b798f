using System;
using System.IO;
using System.Threading.Tasks;
using Xunit.Abstractions;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>
/// One file of the Pester suite as one test. The build derives a class of the file's name from this one for each file of
/// tests/Pester, so that they run beside each other and fail by their own names.
/// </summary>
public abstract class PesterFile(ITestOutputHelper log) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoom-pester-");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [PowerShellFact]
    public async Task Passes_against_the_staged_module() =>
        await PesterRun.AssertPassesAsync(await TestShell.GetAsync(), GetType().Name, ["-Name", GetType().Name], _folder, log);
}
