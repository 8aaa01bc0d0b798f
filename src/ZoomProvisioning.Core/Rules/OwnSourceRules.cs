using System;
using System.Linq;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Rules;

/// <summary>Reads and writes the file or the program that a rule names as its source (source.csv, source.command).</summary>
internal static class OwnSourceRules
{
    private const int MostSeconds = 86_400;

    /// <summary>The file; null where there is none.</summary>
    public static CsvSettings? ReadCsv(RuleNode? node, string path, RuleMistakes mistakes)
    {
        if (node is null || node.Kind == RuleNodeKind.Null)
        {
            return null;
        }

        if (node.Kind == RuleNodeKind.Text)
        {
            return mistakes.Text(node, path, "the path of a file") is { } only ? new CsvSettings(only) : null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfCsv, mistakes);
        var file = mistakes.Text(table[RuleSettings.Path], table.PathOf(RuleSettings.Path), "the path of a file");
        if (table[RuleSettings.Path] is null)
        {
            mistakes.Add(node, path, "nothing says which file is meant (path)");
        }

        return new CsvSettings(file ?? string.Empty) { Encoding = Encoding(table, mistakes) };
    }

    /// <summary>The program; null where there is none.</summary>
    public static CommandSettings? ReadCommand(RuleNode? node, string path, RuleMistakes mistakes)
    {
        if (node is null || node.Kind == RuleNodeKind.Null)
        {
            return null;
        }

        if (node.Kind == RuleNodeKind.List)
        {
            return new CommandSettings(Run(node, path, mistakes));
        }

        if (node.Kind == RuleNodeKind.Text)
        {
            mistakes.Add(node, path, NoShell(node.Text!));
            return null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfCommand, mistakes);
        if (table[RuleSettings.Run] is null)
        {
            mistakes.Add(node, path, "nothing says what is to be started (run)");
        }
        else if (table[RuleSettings.Run] is { Kind: RuleNodeKind.Text } line)
        {
            mistakes.Add(line, table.PathOf(RuleSettings.Run), NoShell(line.Text!));
        }

        var usual = ProgramRequest.UsualTimeLimit.TotalSeconds;
        var at = table.PathOf(RuleSettings.TimeLimitSeconds);
        var seconds = mistakes.Number(table[RuleSettings.TimeLimitSeconds], at, usual, MostSeconds, whole: true);
        if (seconds < 1)
        {
            mistakes.Add(table[RuleSettings.TimeLimitSeconds]!, at, "0 is not possible here");
        }

        return new CommandSettings(table[RuleSettings.Run] is { Kind: not RuleNodeKind.Text } run ? Run(run, table.PathOf(RuleSettings.Run), mistakes) : [])
        {
            Encoding = Encoding(table, mistakes),
            TimeLimit = TimeSpan.FromSeconds(Math.Max(1, seconds)),
        };
    }

    /// <summary>A rule has one source.</summary>
    public static void RefuseTwo(RuleTable source, RuleMistakes mistakes)
    {
        var given = source.Given([RuleSettings.Ldap, RuleSettings.Csv, RuleSettings.Command]).Where(g => source[g]!.Kind != RuleNodeKind.Null).ToList();
        if (given.Count > 1)
        {
            mistakes.AddName(source[given[1]]!, source.PathOf(given[1]), $"{string.Join(" and ", given)} exclude each other; a rule reads one source");
        }
    }

    /// <summary>As it is written.</summary>
    public static RuleNode? Of(CsvSettings? csv)
    {
        if (csv is null || csv.Encoding is null)
        {
            return csv is null ? null : RuleNode.Of(csv.Path);
        }

        var entries = new RuleEntries();
        entries.Add(RuleSettings.Path, RuleNode.Of(csv.Path));
        entries.Add(RuleSettings.Encoding, RuleNode.Of(csv.Encoding));
        return RuleNode.Of(entries);
    }

    /// <summary>As it is written.</summary>
    public static RuleNode? Of(CommandSettings? command)
    {
        if (command is null)
        {
            return null;
        }

        var run = RuleNode.Of(command.Run.Select(RuleNode.Of));
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Run, run);
        entries.Add(RuleSettings.Encoding, command.Encoding is { } encoding ? RuleNode.Of(encoding) : null);
        entries.Add(
            RuleSettings.TimeLimitSeconds,
            command.TimeLimit == ProgramRequest.UsualTimeLimit ? null : RuleNode.Of(command.TimeLimit.TotalSeconds));
        return entries.Count == 1 ? run : RuleNode.Of(entries);
    }

    /// <summary>The program and its arguments, as a list; an argument may be empty, the program may not.</summary>
    public static string[] Run(RuleNode node, string path, RuleMistakes mistakes)
    {
        var (items, bad) = (node.Items.Select(i => i.Text ?? string.Empty).ToArray(), node.Items.FirstOrDefault(i => i.Kind != RuleNodeKind.Text));
        if (node.Kind != RuleNodeKind.List)
        {
            mistakes.AddKind(node, path, "a list of texts, the program and each of its arguments,");
        }
        else if (bad is not null)
        {
            mistakes.AddKind(bad, path, "a text");
        }
        else if (items.Length == 0 || string.IsNullOrWhiteSpace(items[0]))
        {
            mistakes.Add(node, path, "nothing says what is to be started");
        }
        else if (ProgramPath.MistakeIn(items[0]) is { } mistake)
        {
            mistakes.Add(node.Items[0], path, mistake);
        }
        else if (node.Items.FirstOrDefault(i => i.Text!.IndexOf('\0') >= 0) is { } nul)
        {
            mistakes.Add(nul, path, "an argument cannot hold this character");
        }

        return items;
    }

    private static string? Encoding(RuleTable table, RuleMistakes mistakes)
    {
        if (mistakes.Text(table[RuleSettings.Encoding], table.PathOf(RuleSettings.Encoding), "the name of an encoding") is not { } name)
        {
            return null;
        }

        try
        {
            NamedEncoding.Find(name);
        }
        catch (ScimRecordException exception)
        {
            mistakes.Add(table[RuleSettings.Encoding]!, table.PathOf(RuleSettings.Encoding), $"{exception.Message.TrimEnd('.')}; {NamedEncoding.Advice}");
        }

        return name;
    }

    private static string NoShell(string line) =>
        $"no shell takes '{line}' apart; write a list of the program and each of its arguments, such as [\"pwsh\", \"-NoProfile\", \"-File\", \"Export-People.ps1\"]";
}
