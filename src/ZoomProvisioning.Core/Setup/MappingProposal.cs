using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Setup;

/// <summary>Proposes which column feeds which attribute. What the preset puts together of several columns is left to it, and said.</summary>
internal sealed class MappingProposal
{
    private const double FewShare = 0.25;

    private static readonly string[] SetOnce = ["Phone", "MobilePhone", "UserType", "Locale"];

    private readonly SampleColumns _columns;
    private readonly List<string> _left = [];

    public MappingProposal(SampleColumns columns) => _columns = columns;

    /// <summary>The attributes, each with what speaks for it where that is not plain.</summary>
    public RuleNode? Attributes()
    {
        var entries = new RuleEntries();
        foreach (var attribute in ZoomAttributes.All.Select(a => a.Name).Concat([MappingPreset.LicenseName]))
        {
            // One column says it; where there are several, the preset looks in the next one for whoever has nothing in the first.
            var found = _columns.For(attribute);
            if (attribute is nameof(ScimUser.Active) or nameof(ScimUser.Email))
            {
                continue;
            }

            if (found.Count == 1 && !RecordLayout.IsProxyList(found[0]))
            {
                entries.Add(attribute, OfColumn(attribute, found[0]));
            }
            else if (found.Count > 0)
            {
                _left.Add($"{attribute} from {string.Join(", else ", found.Select(Quoted))}");
            }
        }

        return entries.ToNode();
    }

    /// <summary>What is left to the preset, and what nobody reads; to be asked after <see cref="Attributes"/>.</summary>
    public IReadOnlyList<string> Remarks()
    {
        var states = _columns.Layout.StateColumns.Where(c => _columns.Filled(c.Name) > 0).Select(c => Quoted(c.Name)).ToList();
        var unread = _columns.Layout.Unread(_ => false).Where(c => _columns.Filled(c) > 0).Select(Quoted).ToList();
        return
        [
            .. _left.Select(l => $"{l}: the first that has a value."),
            states.Count > 0
                ? $"Whether somebody may sign in is read from {string.Join(", ", states)}."
                : "No column says whether somebody may sign in, so everybody in the source is active.",
            .. unread.Count > 0 ? [$"Not read: {string.Join(", ", unread)}. To use one: \"Department\": {unread[0]}."] : (string[])[],
        ];
    }

    private RuleNode OfColumn(string attribute, string column)
    {
        var isFew = !Has(column, (int)Math.Ceiling(_columns.Count * FewShare));
        var entries = new RuleEntries();
        entries.Add(RuleSettings.Property, RuleNode.Of(column));
        var comment = new List<string>();
        if (Array.IndexOf(SetOnce, attribute) >= 0)
        {
            entries.Add(RuleSettings.Apply, RuleNode.Of(RuleSettings.Applies[1]));
            comment.Add("Set once, and then left to whoever looks after it in Zoom.");
        }
        else if (attribute == nameof(ScimUser.Title))
        {
            entries.Add(RuleSettings.WriteOnly, RuleNode.Of(true));
            comment.Add("Zoom never tells the title; the rule's ledger remembers what was sent.");
        }

        if (isFew)
        {
            entries.Add(RuleSettings.Optional, RuleNode.Of(true));
            comment.Add($"{_columns.Filled(column)} of {_columns.Count} have one, so that nobody has one holds nothing.");
        }

        return (entries.Count == 1 ? RuleNode.Of(column) : RuleNode.Of(entries)).Under([.. comment]);
    }

    private bool Has(string column, int atLeast) => _columns.Filled(column) >= atLeast;

    private static string Quoted(string text) => $"\"{text}\"";
}
