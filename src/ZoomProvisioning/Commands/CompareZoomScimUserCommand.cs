using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Input;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Commands;

/// <summary>
/// Holds a source against the Zoom account and writes nothing: who is missing in Zoom, who differs and in what, who is active in
/// Zoom and not in the source, who is there twice.
/// </summary>
[Cmdlet(VerbsData.Compare, "ZoomScimUser", DefaultParameterSetName = MappingSet)]
[OutputType(typeof(UserComparison))]
public sealed class CompareZoomScimUserCommand : ConnectedCmdlet
{
    private const string MappingSet = "Mapping";
    private const string RuleSet = "Rule";

    private readonly SourceRecords _records = new();

    /// <summary>
    /// The whole source: Import-Csv rows, objects of Get-ADUser or Get-MgUser, hashtables. Whoever is active in Zoom and not among
    /// them is an orphan. Without any the source is the directory that the rule names (source.ldap).
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Which property feeds which attribute, where the names differ:
    /// <c>@{ Department = 'extensionAttribute3'; Title = { $_.Title.ToUpper() }; Phone = $null }</c>.
    /// </summary>
    [Parameter(ParameterSetName = MappingSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(MappingCompleter))]
    [Table("@{ Department = 'Abteilung' }, the attribute first and the column after it")]
    public Hashtable? Mapping { get; set; }

    /// <summary>
    /// A rule whose mapping, scope and keys are used to read the source: its name, the path of its file, or a rule. What it knows of
    /// the account is not used.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RuleSet)]
    [RuleTransformation]
    [ArgumentCompleter(typeof(RuleCompleter))]
    [ValidateNotNull]
    public ProvisioningRule? Rule { get; set; }

    /// <summary>
    /// Who signs in to the directory of a rule that reads one itself (source.ldap), in place of what the rule says.
    /// </summary>
    [Parameter(ParameterSetName = RuleSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? SourceCredential { get; set; }

    /// <summary>Show also who is the same in both.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    private protected override bool NeedsValidConnection => false;

    private protected override void OnRecord() => _records.Add(InputObject, Terminate);

    private protected override void OnEnd()
    {
        var rule = Rule;
        SourceSnapshot source;
        try
        {
            rule ??= new ProvisioningRule("compare")
            {
                Attributes = MappingReader.Read(Mapping).ToDictionary(m => m.Key, m => new AttributeRule(m.Value), StringComparer.OrdinalIgnoreCase),
            };
            var isOwn = _records.All.Count == 0 && !MyInvocation.ExpectingInput;
            source = isOwn && Rule is not null && OwnSource.IsNamedBy(Rule) ? ReadOwn(Rule)
                : isOwn && Rule?.Source.Ldap is not null ? ReadDirectory(Rule)
                : SourceReader.Read(rule, _records.All, Rule is null ? MappingPlace.Parameter : MappingPlace.Rule);
        }
        catch (ScimException exception)
        {
            Terminate(exception, Rule ?? (object?)Mapping);
            throw;
        }

        foreach (var warning in source.Warnings.Concat(source.Incomplete is { } why ? [why] : []))
        {
            WriteWarning(warning);
        }

        var (compared, unlisted) = Compare(rule, source);
        if (unlisted is not null)
        {
            WriteWarning(unlisted);
        }

        var shown = compared.Where(c => IncludeEqual || c.Difference != UserDifference.Equal).ToList();
        var columns = shown.SelectMany(c => c.Wanted).Select(w => w.Key).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(name => name, StringComparer.Ordinal).ToList();
        foreach (var comparison in shown)
        {
            WriteObject(WithColumns(comparison, columns));
        }
    }

    private SourceSnapshot ReadOwn(ProvisioningRule rule)
    {
        var folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        return Await(scope => Task.Run(() => OwnSource.ReadAsync(rule, folder, EngineLoader.Engine.Programs, scope.Call.Stop)))
            .Snapshot(rule, MappingPlace.Rule);
    }

    private SourceSnapshot ReadDirectory(ProvisioningRule rule)
    {
        var read = RuleDirectory.Prepare(rule, SourceCredential, SessionState);
        return DirectorySource.Read(rule, Await(scope => Task.Run(() => read(scope.Call.Stop))), DateTimeOffset.UtcNow);
    }

    private (IReadOnlyList<UserComparison> Compared, string? Incomplete) Compare(ProvisioningRule rule, SourceSnapshot source)
    {
        try
        {
            return Await(scope => SourceComparison.CompareAsync(
                Zoom, rule, source, new PhaseProgress(scope, () => Zoom.Service.Rate).Show, scope.Call));
        }
        catch (ScimException exception)
        {
            Terminate(exception);
            throw;
        }
    }

    /// <summary>
    /// The same columns for everybody, because Export-Csv takes those of the first object: what the source wants, empty where Zoom
    /// has it already.
    /// </summary>
    private static PSObject WithColumns(UserComparison comparison, IEnumerable<string> columns)
    {
        var wanted = comparison.Wanted.ToDictionary(w => w.Key, w => w.Value, StringComparer.OrdinalIgnoreCase);
        var shown = new PSObject(comparison);
        foreach (var column in columns)
        {
            shown.Properties.Add(new PSNoteProperty(column, wanted.TryGetValue(column, out var value) ? value : null));
        }

        return shown;
    }
}
