using System.Management.Automation;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Commands;

/// <summary>Checks that a rule's journal is as it was written: a changed, removed, inserted or moved line is found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ZoomProvisioningHistory")]
[OutputType(typeof(JournalCheck))]
public sealed class TestZoomProvisioningHistoryCommand : HistoryCmdlet
{
    private protected override void OnFolder(string folder) => WriteObject(EngineLoader.State.CheckJournal(folder));
}
