using System.IO;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Rules;

/// <summary>What the command line says about a rule and how it is run.</summary>
/// <param name="Rule">The rule's file; null for the built-in rule.</param>
internal sealed record RuleChoice(FileInfo? Rule)
{
    /// <summary>The encoding of the source, where somebody named it.</summary>
    public string? Encoding { get; init; }

    /// <summary>The root of what rules keep; null for the usual place.</summary>
    public string? StatePath { get; init; }

    /// <summary>The id of the plan that is approved.</summary>
    public string? Approve { get; init; }

    /// <summary>The people it is about; null for everybody.</summary>
    public Selection? Only { get; init; }

    /// <summary>What is done with the rest when the guard holds removals back.</summary>
    public OnGuard OnGuard { get; init; }

    /// <summary>Whether the ledger is made anew.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Whether the rule goes on, however its last runs ended.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether each user is read after writing and compared.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether a plan that would be asked about is carried out.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether a simulated account and what the rule keeps about it begin anew.</summary>
    public bool Fresh { get; init; }

    /// <summary>A file for the report of the run.</summary>
    public FileInfo? Report { get; init; }

    /// <summary>A file for log lines.</summary>
    public FileInfo? Log { get; init; }
}
