using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>The cells of the pages' tables. Data is kept apart from its surroundings by bdi, whatever direction it is written in.</summary>
internal sealed class PageCells
{
    private readonly HtmlWriter _html;
    private readonly Func<string, string> _advice;

    public PageCells(HtmlWriter html, Func<string, string> advice)
    {
        _html = html;
        _advice = advice;
    }

    /// <summary>Whom a row is about.</summary>
    public void Person(PlannedChange? change, string userName) =>
        Person(userName, NameOf(change), change?.Anchor, change?.ZoomId);

    /// <summary>Whom a row is about, by what is known.</summary>
    public void Person(string userName, string? name, string? anchor, string? zoomId)
    {
        _html.Open("th", ("scope", "row"), ("role", "rowheader"), ("data-id", zoomId));
        if (!string.IsNullOrEmpty(name) && name != userName)
        {
            Line(name!, "name");
        }

        Line(userName, string.IsNullOrEmpty(name) || name == userName ? "name" : "mail");
        if (!string.IsNullOrEmpty(anchor))
        {
            _html.Open("span", ("class", "line key")).Text("Key ").Element("bdi", anchor).Close("span");
        }

        _html.Close("th");
    }

    /// <summary>
    /// Begins any other cell. Its role is said although it is a cell's own: browsers forget it where the style lays rows out in
    /// another way than a table's.
    /// </summary>
    public HtmlWriter Begin(params (string Name, string? Value)[] attributes) => _html.Open("td", [("role", "cell"), .. attributes]);

    /// <summary>What is, or was, to be done; in a run with how it ended.</summary>
    public void Action(PlanAction action, string? held = null, ChangeOutcome? outcome = null, bool adopts = false)
    {
        Begin(("data-sort", PageWords.Invariant(Array.IndexOf(PageWords.Order, action))));
        Badge(PageWords.Of(action), PageWords.Tone(action));
        if (adopts && action != PlanAction.Adopt)
        {
            _html.Text(" ");
            Badge("taken over", "info");
        }

        if (held is not null)
        {
            _html.Text(" ");
            Badge("held", "warn");
        }

        if (outcome is { } ended)
        {
            _html.Text(" ");
            Badge(PageWords.Of(ended), ended == ChangeOutcome.Done ? "good" : ended is ChangeOutcome.Failed or ChangeOutcome.Unknown ? "bad" : "warn");
        }

        _html.Close("td");
    }

    /// <summary>What changes, like a diff.</summary>
    public void Changes(PlanAction action, IReadOnlyList<AttributeChange> changes, IReadOnlyList<GroupChange> groups, ChangeCause? activeCause)
    {
        Begin();
        if (changes.Count == 0 && groups.Count == 0 && action is not (PlanAction.Delete or PlanAction.Disable or PlanAction.Reactivate))
        {
            _html.Element("i", action == PlanAction.Adopt ? "taken over as it is" : "none", ("class", "empty")).Close("td");
            return;
        }

        // Somebody new has a value of everything; those stand beside each other, and the user name stands in the row's heading.
        var isNew = action == PlanAction.Create;
        _html.Open("ul", ("class", isNew ? "changes new" : "changes"));
        switch (action)
        {
            case PlanAction.Delete:
                _html.Open("li").Element("del", "the user, for good").Close("li");
                break;
            case PlanAction.Disable:
                State("true", "false", activeCause);
                break;
            case PlanAction.Reactivate:
                State("false", "true", activeCause);
                break;
        }

        foreach (var change in changes.Where(c => !isNew || c.Attribute != ZoomAttributes.UserName))
        {
            _html.Open("li").Element("b", change.Name).Text(" ");
            Old(change);
            _html.Open("ins");
            Value(ZoomAttribute.Display(change.NewValue));
            _html.Close("ins");
            Cause(change.Cause);
            _html.Close("li");
        }

        foreach (var group in groups)
        {
            _html.Open("li")
                .Element("b", "Group")
                .Text(group.Adds ? " joins " : " leaves ")
                .Open(group.Adds ? "ins" : "del")
                .Element("bdi", group.GroupName)
                .Close(group.Adds ? "ins" : "del");
            if (group.GroupId is null && group.Adds)
            {
                _html.Element("small", " new group", ("class", "cause"));
            }

            _html.Close("li");
        }

        _html.Close("ul").Close("td");
    }

    /// <summary>A value, or that there is none.</summary>
    public void Value(string value)
    {
        if (value.Length == 0)
        {
            _html.Element("i", "empty", ("class", "empty"));
        }
        else
        {
            _html.Element("bdi", value);
        }
    }

    /// <summary>Why, in words, and what else is to be known.</summary>
    public void Words(string reason, IEnumerable<string> remarks)
    {
        Begin().Element("p", _advice(reason), ("dir", "auto"));
        foreach (var remark in remarks.Where(r => r.Length > 0 && r != reason).Distinct())
        {
            _html.Element("p", _advice(remark), ("dir", "auto"), ("class", "remark"));
        }

        _html.Close("td");
    }

    /// <summary>A short word that stands out. Its colour only repeats what it says.</summary>
    public void Badge(string text, string tone) => _html.Element("span", text, ("class", "badge " + tone));

    /// <summary>Who changed an attribute.</summary>
    public void Cause(ChangeCause cause)
    {
        if (PageWords.Of(cause) is { } words)
        {
            _html.Text(" ").Element(
                "small",
                words,
                ("class", cause == ChangeCause.SourceChanged ? "cause" : "cause by-hand"),
                ("data-cause", cause.ToString()));
        }
    }

    /// <summary>The person's own name, where it is known.</summary>
    public static string? NameOf(PlannedChange? change)
    {
        // Somebody who is to be created has no name in Zoom; for everybody else the present name is the one people know.
        var values = change?.Current ?? change?.Desired?.Values;
        return values is null ? null
            : !string.IsNullOrWhiteSpace(values.DisplayName) ? values.DisplayName
            : $"{values.GivenName} {values.FamilyName}".Trim() is { Length: > 0 } name ? name : null;
    }

    private void State(string old, string wanted, ChangeCause? cause)
    {
        _html.Open("li").Element("b", "Active").Text(" ").Element("del", old).Text(" → ").Element("ins", wanted);
        // That the source changed is what the reason says already.
        if (cause == ChangeCause.ZoomChanged)
        {
            Cause(ChangeCause.ZoomChanged);
        }

        _html.Close("li");
    }

    private void Old(AttributeChange change)
    {
        var old = ZoomAttribute.Display(change.OldValue);
        if (!change.OldIsKnown)
        {
            // Zoom takes it and never shows it, so the most that is known is what was sent before.
            if (old.Length > 0)
            {
                _html.Open("del").Element("bdi", old).Close("del").Text(" ");
            }

            _html.Element("small", old.Length > 0 ? "as sent last; Zoom does not show it" : "Zoom does not show it", ("class", "cause")).Text(" → ");
        }
        else if (old.Length > 0)
        {
            _html.Open("del").Element("bdi", old).Close("del").Text(" → ");
        }
    }

    private void Line(string text, string style)
    {
        _html.Open("span", ("class", "line " + style));
        // Blanks before it go unnoticed, and an Asian keyboard has wide ones of the same.
        if (text.TrimStart() is { Length: > 0 } seen && seen[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠')
        {
            // A table that is copied into a spreadsheet must stay text there.
            _html.Element("span", "'", ("class", "text-mark"), ("aria-hidden", "true"));
        }

        _html.Element("bdi", text).Close("span");
    }
}
