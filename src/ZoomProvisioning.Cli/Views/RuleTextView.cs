using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>A plan like a diff, and sentences, for people. Lines are not broken: a script that reads them looks for whole ones.</summary>
internal sealed class RuleTextView : IRuleView
{
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Red = "31";
    private const string Magenta = "35";
    private const string Grey = "90";

    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _errors;
    private readonly IStateFactory _json;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public RuleTextView(IAnsiConsole console, IAnsiConsole errors, IStateFactory json)
    {
        _console = console;
        _errors = errors;
        _json = json;
    }

    public void ShowNote(string note) => Line(Grey, note);

    public void ShowRule(ProvisioningRule rule, SourceSnapshot? source)
    {
        Line(Green, $"The rule '{rule.Name}' has no mistakes.");
        foreach (var problem in source?.Problems ?? [])
        {
            Problem(problem.Label, problem.Error);
        }

        foreach (var warning in source?.Warnings ?? [])
        {
            Warn(warning);
        }

        if (source is not null)
        {
            Line(null, string.Format(CultureInfo.CurrentCulture, "{0:N0} people are in scope, {1:N0} are out of scope, and {2:N0} records cannot be used.", source.People.Count, source.OutOfScope.Count, source.Problems.Count));
        }
    }

    public void ShowPlan(SyncPlan plan)
    {
        foreach (var change in plan.Changes.Where(c => c.Action != PlanAction.NoOp))
        {
            ShowChange(change);
        }

        foreach (var warning in plan.Changes.SelectMany(c => (c.Desired?.Warnings ?? []).Concat(c.Remarks)))
        {
            Warn(warning);
        }

        foreach (var finding in plan.Guard)
        {
            Line(finding.HoldsRemovals ? Red : Yellow, $"Guard: {finding.Message}");
        }

        if (plan.OutOfScopeCount > 0)
        {
            Line(Grey, string.Format(CultureInfo.CurrentCulture, "{0:N0} records are out of the rule's scope.", plan.OutOfScopeCount));
        }

        Line(null, plan.ToString());
    }

    public void ShowResult(ChangeResult result)
    {
        // What was doubted while reading was said with the plan.
        foreach (var warning in result.Warnings.Where(w => !_said.Contains(w)))
        {
            Warn(ConsoleWords.Named(result.UserName, warning));
        }

        switch (result.Outcome)
        {
            case ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent when result.Error is { } error:
                Problem($"{result.UserName}: {result.Action} {Words(result.Outcome)}", error);
                break;
            // What is blocked or protected stands in the plan already.
            case ChangeOutcome.Skipped when result.Action is not (PlanAction.Blocked or PlanAction.Protected):
                Line(_errors, Yellow, $"{result.UserName}: {result.Action} skipped: {result.Reason}");
                break;
            default:
                break;
        }
    }

    public void ShowRun(ProvisioningRun run)
    {
        foreach (var note in run.Notes)
        {
            Warn(note);
        }

        if (run.Attention.Count > 0)
        {
            Warn(Attention.Text(run.Attention));
        }

        if (run.Applied)
        {
            var held = run.Results.Where(r => r.Outcome == ChangeOutcome.Held).ToList();
            if (held.Count > 0)
            {
                Line(Red, $"Held back: {string.Join(", ", held.Select(r => r.UserName).Take(20))}{(held.Count > 20 ? string.Format(CultureInfo.CurrentCulture, " and {0:N0} more", held.Count - 20) : string.Empty)}");
            }

            if (run.StoppedBecause is { } reason)
            {
                Line(_errors, Red, $"Stopped before its end: {reason}");
            }

            Line(null, run.ToString());
        }
    }

    public void ShowExplanation(PersonExplanation person)
    {
        if (person.Record is { } record)
        {
            Line(null, $"{record.Label}, {person.Row} of the source");
            Line(record.InScope == true ? Green : Yellow, $"  Scope: {record.Scope}: {(record.InScope switch { true => "in scope", false => "out of scope", null => "cannot be decided" })}");
            if (record.Anchor is { } anchor)
            {
                Line(null, $"  Anchor: {anchor}");
            }

            foreach (var attribute in record.Attributes)
            {
                var remarks = string.Concat(
                    attribute.Apply switch { ApplyWhen.OnCreate => ", on create only", ApplyWhen.OnUpdate => ", on update only", _ => string.Empty },
                    attribute.WriteOnly ? ", write-only" : string.Empty);
                Line(null, $"  {attribute.Name} = {(attribute.Value is null ? "(nothing)" : $"'{ZoomAttribute.Display(attribute.Value)}'")}  from {attribute.Source}: {(attribute.RawValue is null ? "(nothing)" : $"'{attribute.RawValue}'")}{remarks}");
            }

            foreach (var group in record.Groups)
            {
                Line(null, $"  Group {group.Name}: {(group.IsWanted ? "wanted" : "not wanted")} ({group.Reason})");
            }

            foreach (var warning in record.Warnings)
            {
                Warn(warning);
            }

            if (record.Problem is { } problem)
            {
                Problem("The record cannot be used", problem);
            }
        }
        else
        {
            Line(null, "Nobody in the source is called so.");
        }

        if (person.Change is not { } change)
        {
            Line(null, "Zoom: the plan does not speak of this person.");
            return;
        }

        Line(null, change.Current is { } current ? $"Zoom: {current.UserName}, id {current.Id}, {(current.Active == false ? "deactivated" : "active")}" : "Zoom: no such user");
        Line(null, $"Why: {change.Reason}");
        ShowChange(change);
        foreach (var request in person.Requests)
        {
            Line(Grey, $"  {request.Method} {request.Path}{(request.Body is null ? string.Empty : " " + _json.ToJson(request.Body, indented: false))}");
        }

        Line(null, "Nothing was written.");
    }

    private void ShowChange(PlannedChange change)
    {
        var (sign, colour) = Sign(change);
        var held = change.Held is null ? string.Empty : "  [held by the guard]";
        if (change.Action == PlanAction.Create)
        {
            var values = string.Join(", ", change.Changes.Where(c => c.Attribute != ZoomAttributes.UserName).Select(c => $"{c.Name} '{ZoomAttribute.Display(c.NewValue)}'"));
            Line(colour, $"{sign} {change.FriendlyName}  create{(values.Length > 0 ? ": " + values : string.Empty)}{Groups(change)}{held}");
            return;
        }

        Line(colour, $"{sign} {change.FriendlyName}  {Verb(change.Action)}: {change.Reason}{held}");
        foreach (var attribute in change.Changes)
        {
            Line(colour, $"    {attribute}{(attribute.Cause is ChangeCause.ZoomChanged or ChangeCause.BothChanged ? "  (changed in Zoom by hand)" : string.Empty)}");
        }

        if (change.GroupChanges.Count > 0)
        {
            Line(colour, $"    groups {string.Join(" ", change.GroupChanges)}");
        }
    }

    private static string Groups(PlannedChange change) => change.GroupChanges.Count == 0 ? string.Empty : $", groups {string.Join(" ", change.GroupChanges)}";

    private static (string Sign, string Colour) Sign(PlannedChange change) => change.Action switch
    {
        PlanAction.Create or PlanAction.Reactivate => ("+", Green),
        PlanAction.Update or PlanAction.ChangeGroups => ("~", Yellow),
        PlanAction.Adopt => ("=", change.Writes ? Yellow : Grey),
        PlanAction.Disable or PlanAction.Delete => ("-", Red),
        PlanAction.NoOp => (" ", Grey),
        _ => ("!", Magenta),
    };

    private static string Verb(PlanAction action) => action switch
    {
        PlanAction.ChangeGroups => "change groups",
        PlanAction.NoOp => "nothing to do",
        _ => action.ToString().ToLowerInvariant(),
    };

    private static string Words(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NotSent => "not sent",
        ChangeOutcome.Unknown => "perhaps done",
        _ => "failed",
    };

    private void Warn(string warning)
    {
        if (_said.Add(warning))
        {
            Line(_errors, Yellow, $"warning: {warning}");
        }
    }

    private void Problem(string what, ScimException error) =>
        Line(_errors, Red, $"{what}: {error.Message} {error.RecommendedAction}".TrimEnd());

    private void Line(string? colour, string text) => Line(_console, colour, text);

    // What comes from outside cannot steer the terminal.
    private static void Line(IAnsiConsole console, string? colour, string text)
    {
        var plain = string.Concat(ConsoleWords.Of(text).Select(c => char.IsControl(c) ? '\u00b7' : c));
        console.Profile.Out.Writer.WriteLine(colour is not null && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors ? $"\u001b[{colour}m{plain}\u001b[0m" : plain);
    }
}
