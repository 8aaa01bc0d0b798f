using System.Management.Automation;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Session;

namespace ZoomProvisioning.Hosting;

/// <summary>
/// Runs at each import and removal, each time as a new instance and once for every runspace, so it must not mind being
/// called again.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => EngineLoader.Prepare();

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ConnectionTable.Current.Clear();
}
