using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Cli.Source;

/// <summary>The people of a run, read from wherever they are.</summary>
internal sealed class People
{
    private readonly DirectoryReading? _reading;
    private readonly OwnSource? _own;
    private readonly DateTimeOffset? _writtenAt;

    private People(string name, IEnumerable<ISourceRecord> records, DirectoryReading? reading, DateTimeOffset? writtenAt)
    {
        Name = name;
        Records = records;
        _reading = reading;
        _writtenAt = writtenAt;
    }

    private People(OwnSource own)
        : this(own.Name, own.Records, null, null) => _own = own;

    /// <summary>What the source is called.</summary>
    public string Name { get; }

    /// <summary>The records; those of a file can be gone through once.</summary>
    public IEnumerable<ISourceRecord> Records { get; private set; }

    /// <summary>The rule as it is over this source: a directory that the command line names stands for the rule's own.</summary>
    public static ProvisioningRule Rule(ProvisioningRule rule, PeopleSource source) =>
        source.Address is { } address ? DirectorySource.Over(rule, address) : rule;

    /// <summary>Reads them.</summary>
    /// <param name="rule">The rule, as it is over the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="encoding">The encoding of a file, where somebody named it.</param>
    /// <param name="stop">Ends the read.</param>
    /// <exception cref="ScimException">They cannot be read.</exception>
    public static async Task<People> ReadAsync(ProvisioningRule rule, PeopleSource source, string? encoding, CancellationToken stop)
    {
        if (source.File is { } file)
        {
            // What comes by a pipe was written by nobody knows when.
            var table = await CsvSource.OpenAsync(file, encoding, stop).ConfigureAwait(false);
            return new People(file.Name, table, null, file.Exists ? file.LastWriteTimeUtc : null);
        }

        if (OwnSource.IsNamedBy(rule) && source.Text is null)
        {
            return new People(await OwnSource.ReadAsync(rule, Environment.CurrentDirectory, new EngineFactory().Programs, stop).ConfigureAwait(false));
        }

        if (rule.Source.Ldap is not { } settings)
        {
            throw new ScimRecordException(
                "Zoom.Source.None",
                $"Nothing says where the people are: there is no --source, and the rule '{rule.Name}' names none (source).")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Give --source with a file, - for standard input, or the address of a "
                    + "directory: --source 'ldaps://dc.example.com/OU=Staff,DC=example,DC=com'.",
            };
        }

        var readAt = DateTimeOffset.UtcNow;
        var options = DirectorySource.OptionsOf(settings, source.IsAddress ? null : FolderOf(rule));
        var reading = new DirectoryReader(new EngineFactory().Directory, settings, options, DirectorySource.NeedsOf(rule)).Read(stop);
        return new People(reading.Server.ToString(), reading.Records, reading, readAt);
    }

    /// <summary>What the rule makes of them.</summary>
    public SourceSnapshot Snapshot(ProvisioningRule rule) => Snapshot(rule, MappingPlace.Rule);

    /// <summary>What the rule makes of them, with advice that names another place than a rule.</summary>
    public SourceSnapshot Snapshot(ProvisioningRule rule, MappingPlace place) => _own is not null ? _own.Snapshot(rule, place)
        : _reading is not null
        ? DirectorySource.Read(rule, _reading, _writtenAt!.Value)
        : SourceReader.Read(rule, Records, place) with { WrittenAt = _writtenAt };

    /// <summary>Keeps the records of a file, so that they can be gone through more than once.</summary>
    public IReadOnlyList<ISourceRecord> Keep()
    {
        var kept = Records.ToList();
        Records = kept;
        return kept;
    }

    /// <summary>The folder that paths in a rule are relative to.</summary>
    public static string? FolderOf(ProvisioningRule rule) => rule.Path is { } path ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) : null;
}
