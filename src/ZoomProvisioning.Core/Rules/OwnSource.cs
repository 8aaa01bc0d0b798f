using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Rules;

/// <summary>The records of the file or the program that a rule names as its source, read once.</summary>
internal sealed class OwnSource
{
    private readonly bool _isUnfinished;
    private readonly DateTimeOffset? _writtenAt;
    private readonly string? _incomplete;
    private readonly IReadOnlyList<string> _notes;

    private OwnSource(string name, SourceTable table, DateTimeOffset? writtenAt, string? incomplete, IReadOnlyList<string> notes)
    {
        Name = name;
        Records = table.ToList();
        _isUnfinished = table.IsUnfinished;
        _writtenAt = writtenAt;
        _incomplete = incomplete;
        _notes = notes;
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The records.</summary>
    public IReadOnlyList<ISourceRecord> Records { get; }

    /// <summary>Whether a rule names a file or a program.</summary>
    public static bool IsNamedBy(ProvisioningRule rule) => rule.Source is { Csv: not null } or { Command: not null };

    /// <summary>Reads it.</summary>
    /// <param name="rule">The rule; it names a file or a program.</param>
    /// <param name="folder">The folder that paths in it are relative to, where the rule has no file.</param>
    /// <param name="programs">What starts programs.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ScimException">It cannot be read.</exception>
    public static async Task<OwnSource> ReadAsync(ProvisioningRule rule, string folder, IProgramRunner programs, CancellationToken stop)
    {
        var home = rule.Path is { } file ? Path.GetDirectoryName(Path.GetFullPath(file))! : folder;
        return rule.Source.Csv is { } csv
            ? ReadFile(csv, Path.GetFullPath(Path.Combine(home, csv.Path)))
            : await ReadProgramAsync(rule.Source.Command!, home, rule.Path, programs, stop).ConfigureAwait(false);
    }

    /// <summary>What a rule makes of it.</summary>
    public SourceSnapshot Snapshot(ProvisioningRule rule, MappingPlace place)
    {
        var snapshot = SourceReader.Read(rule, Records, place, _isUnfinished);
        return snapshot with
        {
            WrittenAt = _writtenAt,
            Incomplete = _incomplete ?? snapshot.Incomplete,
            Warnings = [.. _notes, .. snapshot.Warnings],
        };
    }

    private static OwnSource ReadFile(CsvSettings csv, string path)
    {
        try
        {
            var written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : (DateTime?)null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new OwnSource(path, SourceTable.Open(stream, path, EncodingOf(csv.Encoding)), written, null, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimRecordException("Zoom.Source.NotRead", $"The file '{path}', which the rule names as its source (source.csv), cannot be read: "
                + $"{exception.Message.TrimEnd('.')}. Nothing was sent.", exception)
            {
                Category = exception is FileNotFoundException or DirectoryNotFoundException ? "ObjectNotFound"
                    : exception is UnauthorizedAccessException ? "PermissionDenied"
                    : "OpenError",
                RecommendedAction = "Look at the path, which is relative to the rule's file, and at the rights of the account that runs this.",
            };
        }
    }

    private static async Task<OwnSource> ReadProgramAsync(
        CommandSettings command, string home, string? rule, IProgramRunner programs, CancellationToken stop)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var request = new ProgramRequest(command.Run[0], [.. command.Run.Skip(1)])
        {
            Folder = home,
            TimeLimit = command.TimeLimit,
            NamedIn = rule,
        };
        var encoding = EncodingOf(command.Encoding);
        var result = await programs.RunAsync(request, stop).ConfigureAwait(false);
        var said = ProgramComplaint.Of(result.Errors);
        var fault = FaultOf(result, command);
        if (fault is not null && result.Output.Length == 0)
        {
            throw Failed(command, fault, said, null);
        }

        try
        {
            result.Output.Position = 0;
            return new OwnSource(
                $"the output of '{command.Run[0]}'",
                SourceTable.Open(result.Output, $"the output of {command.Run[0]}", encoding),
                startedAt,
                fault is null ? null : $"The command '{command.Run[0]}', which writes it (source.command), {fault}.",
                said.Length == 0 ? [] : [$"The command '{command.Run[0]}' says: {said}"]);
        }
        catch (ScimException exception) when (fault is not null)
        {
            // What it wrote before it failed is no table; that it failed is what matters.
            throw Failed(command, fault, said, exception);
        }
    }

    private static string? FaultOf(ProgramResult result, CommandSettings command) =>
        result.IsTooMuch ? "wrote more than can be people, and was ended"
        : result.ExitCode is not { } code
            ? string.Format(
                CultureInfo.InvariantCulture,
                "was ended after {0:0} seconds (timeLimitSeconds), before it had finished",
                command.TimeLimit.TotalSeconds)
        : code != 0 ? string.Format(CultureInfo.InvariantCulture, "ended with exit code {0}", code)
        : null;

    private static ScimRecordException Failed(CommandSettings command, string fault, string said, Exception? inner) => new(
        "Zoom.Source.CommandFailed",
        $"The command '{command.Run[0]}', which the rule names as its source (source.command), {fault}, and gave no table of people. "
            + $"{(said.Length > 0 ? $"It says: {said} " : string.Empty)}Nothing was sent.",
        inner)
    {
        Category = "InvalidResult",
        RecommendedAction = "Run the command by hand, as the account that runs this, until it writes the table and ends with exit code 0.",
    };

    private static System.Text.Encoding? EncodingOf(string? name) => name is null ? null : NamedEncoding.Find(name);
}
