using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>One person explained in lines: what the source says, what the rule makes of it, what is in Zoom, and which requests would be sent.</summary>
internal static class ExplanationText
{
    public static IEnumerable<OverviewLine> Of(PersonExplanation person, IStateFactory json)
    {
        foreach (var line in person.Record is { } record ? Source(person, record) : [Plain("Nobody in the source is called so.")])
        {
            yield return line;
        }

        if (person.ZoomState is { } state)
        {
            yield return Plain($"Zoom: {state}");
        }

        if (person.Change is not { } change)
        {
            yield return Plain($"Plan: {person.Verdict}");
        }
        else
        {
            yield return Plain($"Why: {change.ReasonAndNext}{(change.Held is null ? string.Empty : $" (held: {change.Held})")}");
            foreach (var line in PlanOverview.Person(change))
            {
                yield return line;
            }
        }

        foreach (var request in person.Requests)
        {
            yield return Plain($"  {request.Method} {request.Path}{(request.Body is null ? string.Empty : " " + json.ToJson(request.Body, indented: false))}");
        }

        foreach (var before in person.Before)
        {
            yield return new OverviewLine(person.Trouble.Contains(before) ? OverviewMark.Warning : OverviewMark.Plain, $"  Before: {before}");
        }

        yield return Plain("Nothing was written.");
    }

    private static IEnumerable<OverviewLine> Source(PersonExplanation person, RecordExplanation record)
    {
        yield return Plain($"{person.Name}, {person.Row} of the source");
        var inScope = record.InScope switch { true => "in scope", false => "out of scope", null => "cannot be decided" };
        yield return new OverviewLine(record.InScope == true ? OverviewMark.Add : OverviewMark.Warning, $"  Scope: {record.Scope}: {inScope}");
        if (record.Anchor is { } anchor)
        {
            yield return Plain($"  Anchor: {anchor}");
        }

        foreach (var attribute in record.Attributes)
        {
            // Of a record that cannot be used nothing comes to anything; of a licence come the rows of other attributes, which have no cell.
            var value = attribute.Value is { } given ? $" = '{ZoomAttribute.Display(given)}'" : record.Desired is null ? string.Empty : " = (nothing)";
            var raw = attribute.RawValue is { } cell ? $": '{cell}'" : attribute.Value is null ? ": (nothing)" : string.Empty;
            var when = attribute.Apply switch { ApplyWhen.OnCreate => ", on create only", ApplyWhen.OnUpdate => ", on update only", _ => string.Empty };
            yield return Plain($"  {attribute.Name}{value}  from {attribute.Source}{raw}{when}{(attribute.WriteOnly ? ", write-only" : string.Empty)}");
        }

        foreach (var group in record.Groups)
        {
            yield return Plain($"  Group {group.Name}: {(group.IsWanted ? "wanted" : "not wanted")} ({group.Reason})");
        }

        foreach (var warning in record.Warnings)
        {
            yield return new OverviewLine(OverviewMark.Warning, $"warning: {warning}");
        }

        if (record.Problem is { } problem)
        {
            yield return new OverviewLine(OverviewMark.Remove, $"The record cannot be used: {problem.Message} {problem.RecommendedAction}".TrimEnd());
        }
    }

    private static OverviewLine Plain(string text) => new(OverviewMark.Plain, text);
}
