using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Setup;

/// <summary>A rule for a source that was looked at, with the reasons beside its settings.</summary>
/// <param name="Node">The rule's tree.</param>
/// <param name="Notes">What was found, and what is to be looked at, in a few lines.</param>
internal sealed record RuleProposal(RuleNode Node, IReadOnlyList<string> Notes)
{
    private const int FewRecords = 10;

    /// <summary>Makes the proposal.</summary>
    /// <param name="sample">The source; it has records.</param>
    /// <param name="name">The rule's name.</param>
    /// <param name="id">The rule's id.</param>
    /// <param name="folder">The folder of the rule's file, to which the source's path is relative where it lies there.</param>
    /// <param name="ask">Answers a question by the number of the choice.</param>
    /// <param name="scope">The scope somebody gave; it is kept, for those who have an address.</param>
    /// <exception cref="ScimRecordException">There is no record, or the source as a whole cannot be read.</exception>
    public static RuleProposal Make(SampleSource sample, string name, Guid id, string folder, Func<SetupQuestion, int> ask, string? scope = null)
    {
        if (sample.Records.Count == 0)
        {
            throw new ScimRecordException("Zoom.Setup.NoRecords", "There is nobody in the source, so nothing can be proposed.")
            {
                Category = "InvalidData",
                RecommendedAction = "Give a file with one heading line and some people, or pipe objects to the command.",
            };
        }

        var columns = new SampleColumns(sample.Records);
        if (SourceFault.Of(columns.Layout, sample.Records[0]) is { } fault)
        {
            throw fault;
        }

        var (notes, rule, mapping) = (new List<string> { Found(sample, columns) }, new RuleEntries(), new MappingProposal(columns));
        var attributes = mapping.Attributes();
        rule.Add(RuleSettings.Name, RuleNode.Of(name).Under(
        [
            Found(sample, columns),
            "Every setting is described in: Get-Help about_ZoomProvisioning_Rules",
            .. attributes is null ? mapping.Remarks() : [],
        ]));
        rule.Add(RuleSettings.Id, RuleNode.Of(id.ToString("D", CultureInfo.InvariantCulture)).Under(
            "By this the rule is known, also under another name. A copy of this file needs another one."));
        rule.Add(RuleSettings.Source, Source(sample, columns, folder));
        AddAnchor(rule, columns, notes, ask);
        AddScope(rule, columns, notes, scope);
        AddDates(rule, columns, notes, ask);
        rule.Add(RuleSettings.Attributes, attributes?.Under(
            ["Which column feeds which attribute of Zoom. What is not named here is recognised by its heading.", .. mapping.Remarks()]));
        AddSafety(rule, columns);
        if (sample.IsUnfinished)
        {
            notes.Add("The file ends in the middle of a line: it may have been copied before it was written to its end.");
        }

        return new RuleProposal(RuleNode.Of(rule), notes);
    }

    private static string Found(SampleSource sample, SampleColumns columns) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1} record{2} with {3} columns{4}.",
        sample.Path is { } path ? System.IO.Path.GetFileName(path) : "What was piped in",
        columns.Count,
        columns.Count == 1 ? string.Empty : "s",
        columns.Layout.Names.Count,
        sample.Form.Length > 0 ? $" ({sample.Form})" : string.Empty);

    private static RuleNode? Source(SampleSource sample, SampleColumns columns, string folder)
    {
        var entries = new RuleEntries();
        if (sample.Path is { } path)
        {
            var isBeside = string.Equals(System.IO.Path.GetDirectoryName(path), folder, StringComparison.Ordinal);
            entries.Add(RuleSettings.Csv, OwnSourceRules.Of(new CsvSettings(isBeside ? System.IO.Path.GetFileName(path) : path) { Encoding = sample.Encoding })!
                .Under("Read in each run; a path is relative to this file. Records that are piped in all the same win."));
        }

        // Of a handful of people one that leaves is a large share.
        var least = (int)Math.Floor(columns.Count * 0.8);
        entries.Add(RuleSettings.MinimumRecords, columns.Count < FewRecords ? null : RuleNode.Of(least).Under(
            $"With fewer than {least} records (four fifths of today's {columns.Count}) nobody is removed on its word."));
        return entries.ToNode();
    }

    private static void AddAnchor(RuleEntries rule, SampleColumns columns, List<string> notes, Func<SetupQuestion, int> ask)
    {
        var candidates = AnchorCandidates.In(columns);
        if (candidates.Count == 0)
        {
            notes.Add("No column tells people apart for good (anchor): with a changed address somebody leaves and somebody else joins.");
            return;
        }

        var answer = ask(new SetupQuestion(
            "Anchor",
            "Which column never changes for a person, also when the name and the address do?",
            [
                .. candidates.Select(c => new SetupChoice(c.Column, $"{c.Column}: {c.Why}.")),
                new SetupChoice("None", "People are known by their address alone: a changed address is a leaver and a joiner."),
            ],
            0));
        if (answer < 0 || answer >= candidates.Count)
        {
            notes.Add("No anchor was chosen: with a changed address somebody leaves and somebody else joins.");
            return;
        }

        var chosen = candidates[answer];
        var others = candidates.Where(c => c != chosen).Select(c => $"\"{c.Column}\"").ToList();
        rule.Add(RuleSettings.Anchor, RuleNode.Of(chosen.Column).Under(
        [
            $"What never changes for a person: {chosen.Why}. With it a changed address is a rename.",
            .. others.Count > 0 ? [$"It might as well be {string.Join(" or ", others)}."] : (string[])[],
        ]));
        notes.Add($"People are known again by \"{chosen.Column}\" (anchor): {chosen.Why}.");
    }

    private static void AddScope(RuleEntries rule, SampleColumns columns, List<string> notes, string? given) =>
        rule.Add(RuleSettings.Scope, Scope(columns, notes, given) ?? (string.IsNullOrEmpty(given) ? null : RuleNode.Of(given!)));

    private static RuleNode? Scope(SampleColumns columns, List<string> notes, string? given)
    {
        var addresses = columns.For(nameof(ScimUser.UserName));
        if (addresses.Count == 0)
        {
            notes.Add("No column was recognised as the user name or mail address: name it in the file (attributes, UserName), else nobody can be provisioned.");
            return null;
        }

        // Blanks and signs in a heading do not count, and a filter has no word for them.
        var lacking = columns.Count - addresses.Max(columns.Filled);
        var property = new string(addresses[0].Where(char.IsLetterOrDigit).ToArray());
        if (addresses.Count > 1 || lacking == 0 || !IsScope($"{property} pr"))
        {
            return null;
        }

        notes.Add($"{lacking} of {columns.Count} have no address and are left out (scope).");
        // A scope with a mistake is left as it is, for the place that is told.
        return string.IsNullOrEmpty(given)
            ? RuleNode.Of($"{property} pr").Under(
                $"Who is provisioned: whoever has an address; {lacking} of {columns.Count} have none. Another example: \"Department eq 'Sales'\".")
            : RuleNode.Of(IsScope(given!) ? $"{property} pr and ({given})" : given!).Under(
                $"Who is provisioned: of those who have an address whom you named; {lacking} of {columns.Count} have none.");
    }

    private static bool IsScope(string text)
    {
        try
        {
            RecordFilter.Parse(text);
            return true;
        }
        catch (FilterSyntaxException)
        {
            return false;
        }
    }

    private static void AddDates(RuleEntries rule, SampleColumns columns, List<string> notes, Func<SetupQuestion, int> ask)
    {
        var forms = DateForms.Of(columns);
        if (forms.Count == 0)
        {
            return;
        }

        var answer = forms.Count == 1 ? 0 : ask(new SetupQuestion(
            "Dates",
            "How are the days of leaving written? They can be read in more than one way.",
            [.. forms.Select(f => new SetupChoice(f, $"{new DateTime(2026, 11, 29, 17, 30, 0, DateTimeKind.Local).ToString(f, CultureInfo.InvariantCulture)}"
                + " is 29 November 2026.")), new SetupChoice("Neither", "Records with such a day are left for you to look at.")],
            forms.Count));
        if (answer < 0 || answer >= forms.Count)
        {
            notes.Add($"Day and month of the days of leaving cannot be told apart; say it in the file (dateFormat: {string.Join(" or ", forms)}).");
            return;
        }

        rule.Add(RuleSettings.DateFormat, RuleNode.Of(forms[answer]).Under("How days of leaving are written; in this form all of them can be read."));
    }

    private static void AddSafety(RuleEntries rule, SampleColumns columns)
    {
        var most = Math.Max(3, Math.Min(50, (int)Math.Ceiling(columns.Count * 0.05)));
        rule.Add(RuleSettings.Capabilities, RuleNode.Of([new KeyValuePair<string, RuleNode>(RuleSettings.Deprovision, RuleNode.Of(false))]).Under(
            "Nobody is deleted; people who leave are deactivated."));
        rule.Add(RuleSettings.Leavers, RuleNode.Of([new KeyValuePair<string, RuleNode>(RuleSettings.MissingRuns, RuleNode.Of(2))]).Under(
            "Nobody is deactivated on the word of one export: who is missing from two runs, one after the other, has left.",
            "Whoever the source itself says is not active is deactivated at once."));
        rule.Add(RuleSettings.Guard, RuleNode.Of(
        [
            new KeyValuePair<string, RuleNode>(RuleSettings.MaxDisable, RuleNode.Of(most)),
            new KeyValuePair<string, RuleNode>(RuleSettings.MaxDisablePercent, RuleNode.Of(columns.Count < 60 ? 10 : 5)),
            new KeyValuePair<string, RuleNode>(RuleSettings.MaxDelete, RuleNode.Of(0)),
            new KeyValuePair<string, RuleNode>(RuleSettings.MaxSourceShrinkPercent, RuleNode.Of(20)),
        ]).Under($"The most one run may take away before it stops to ask: {Counted.People(most)}, of {columns.Count} in the source."));
    }
}
