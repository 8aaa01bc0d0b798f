using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Input;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that read a whole source from the pipeline with a rule.</summary>
public abstract class SourceCmdlet : RuleRunCmdlet
{
    private readonly SourceRecords _records = new();

    /// <summary>The rule: its name in the rules folder, the path of its .json or .psd1 file, or a rule.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule Rule { get; set; } = null!;

    /// <summary>
    /// The whole source: Import-Csv rows, objects of Get-ADUser or Get-MgUser, hashtables. Whoever the rule manages and is not
    /// among them has left. Without any the source is the one that the rule names (source), else it is empty, and the guard holds
    /// removals back.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Let go what the guard held back in a plan that was looked at, by the plan's id (its first twelve
    /// digits): exactly those entries, as far as they are still planned alike, once, within a day.
    /// </summary>
    [Parameter]
    [PlanIdTransformation]
    [ValidateNotNullOrEmpty]
    public string? Approve { get; set; }

    /// <summary>
    /// Only look for mistakes in the rule, which is read all the same, and in the
    /// records piped in. Nothing is sent; the mistakes are errors.
    /// </summary>
    [Parameter]
    public SwitchParameter ValidateOnly { get; set; }

    /// <summary>When the source was written, for a rule that says how old it may be (source.maximumAgeHours): (Get-Item people.csv).LastWriteTime.</summary>
    [Parameter]
    public DateTimeOffset? SourceWritten { get; set; }

    /// <summary>
    /// Who signs in to the directory of a rule that reads one itself (source.ldap), in place of what the rule says.
    /// </summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? SourceCredential { get; set; }

    private protected IReadOnlyList<ISourceRecord> Records => _records.All;

    private protected override bool NeedsConnection => !ValidateOnly;

    private protected override void OnRecord() => _records.Add(InputObject, Terminate);

    /// <summary>Reads what came down the pipeline. The records that cannot be used are in the result, and told.</summary>
    private protected SourceSnapshot ReadSource(bool tellProblems)
    {
        SourceSnapshot snapshot;
        try
        {
            var isOwn = _records.All.Count == 0 && !MyInvocation.ExpectingInput;
            snapshot = isOwn && OwnSource.IsNamedBy(Rule) && !(ValidateOnly && Rule.Source.Command is not null) ? ReadOwn()
                : isOwn && Rule.Source.Ldap is not null && !ValidateOnly ? ReadDirectory()
                : SourceReader.Read(Rule, _records.All) with { WrittenAt = SourceWritten };
        }
        catch (ScimException exception)
        {
            // The source as a whole cannot be read: its headings are of another kind, or in a wrong encoding.
            Terminate(exception);
            throw;
        }

        foreach (var problem in tellProblems ? snapshot.Problems : [])
        {
            WriteRecordError(problem.Error, problem.Label, problem.Source);
        }

        return snapshot;
    }

    /// <summary>Reads the file or the program that the rule names. Nothing was piped in.</summary>
    private SourceSnapshot ReadOwn()
    {
        var folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        var own = Run(scope => Task.Run(() => OwnSource.ReadAsync(Rule, folder, EngineLoader.Engine.Programs, scope.Call.Stop)), Rule);
        _records.Add(own.Records);
        return own.Snapshot(Rule, MappingPlace.Rule) is var snapshot && SourceWritten is { } written ? snapshot with { WrittenAt = written } : snapshot;
    }

    /// <summary>Reads the directory that the rule names. Nothing was piped in.</summary>
    private SourceSnapshot ReadDirectory()
    {
        var read = RuleDirectory.Prepare(Rule, SourceCredential, SessionState);
        var readAt = DateTimeOffset.UtcNow;
        var reading = Run(scope => Task.Run(() => read(scope.Call.Stop)), Rule);
        _records.Add(reading.Records);
        return DirectorySource.Read(Rule, reading, readAt);
    }
}
