using System.Management.Automation;

namespace ZoomProvisioning.Loading;

/// <summary>
/// Runs at each import and removal, each time as a new instance and once for every runspace, so it must not mind being
/// called again.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => EngineLoader.Prepare();

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Hosting.ConnectionTable.Current.Clear();
}
