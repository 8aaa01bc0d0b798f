using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>
/// A plan as one self-contained HTML page, to be read and signed before it is carried out. It loads nothing, can be searched and
/// sorted without a server, and is a plain page where no script runs.
/// </summary>
public sealed class PlanPage
{
    private static readonly (string Name, string Style, bool Sorts)[] Columns =
        [("Person", "person", true), ("Action", "action", true), ("Changes: old → new", "diff", false), ("Why", "why", true)];

    private readonly SyncPlan _plan;
    private readonly PageOptions _options;
    private readonly Page _page;
    private readonly List<PlannedChange> _rows;
    private readonly int _removals;

    private PlanPage(SyncPlan plan, PageOptions options, TextWriter to)
    {
        _plan = plan;
        _options = options;
        _page = new Page(options, to);
        _rows = plan.Changes.Where(c => c.IsWorthShowing).OrderBy(c => Array.IndexOf(PageWords.Order, c.Action)).ToList();
        _removals = plan.Changes.Count(c => c.IsRemoval);
    }

    /// <summary>Renders the page, for a file in UTF-8.</summary>
    public static string Render(SyncPlan plan, PageOptions? options = null) => Page.Text(to => Write(plan, to, options));

    /// <summary>Writes the page, for a file in UTF-8, a person at a time: there may be a hundred thousand.</summary>
    public static void Write(SyncPlan plan, TextWriter to, PageOptions? options = null) => new PlanPage(plan, options ?? new PageOptions(), to).Write();

    private void Write()
    {
        _page.Begin(
            "plan",
            "Provisioning plan",
            _plan.Rule,
            "What would be changed in Zoom. Read it, and sign it at the end if it is right; nothing has been changed yet.");
        _page.Html.Element("p", _plan.ToString(), ("class", "summary")).Line();
        _page.Contents([("counts", "In numbers"), ("guard", "Guard"), ("people", "People"), ("sign-off", "Sign-off")]);
        _page.Facts(
            ("Account", _page.Fact(_plan.Account)),
            ("Rule", _page.Fact(_plan.Rule)),
            ("Made", _page.Time(_plan.CreatedAt)),
            ("To be applied until", _plan.ExpiresAt is { } end ? _page.Time(end) : null),
            (
                "Source",
                _page.Fact($"{PageWords.Count(_plan.SourceCount, "record", "records")} in scope, {PageWords.Number(_plan.OutOfScopeCount)} out of scope")),
            ("Managed so far", _page.Fact(PageWords.Count(_plan.ManagedCount, "person", "people"))),
            ("Licences", _page.Fact(SeatNeed.Words(_plan)?.Substring("Licences: ".Length))),
            ("Plan id", _page.Fact(_plan.Id, "code")));
        _page.Section("counts", "In numbers", Counts);
        _page.Section("guard", "What the guard says", Guard);
        _page.Section("people", "People", People);
        _page.Section("sign-off", "Sign-off", SignOff, "sign-off");
        _page.End();
    }

    private void Counts() => _page.Counts(PageWords.Order.Select(a => (PageWords.ToBeDone(a), _plan.Count(a), PageWords.Tone(a)))
        .Append(("held by the guard", _plan.Held.Count, "warn")));

    private void Guard()
    {
        if (_plan.Guard.Count > 0)
        {
            _page.Guard(_plan.Guard);
        }
        else
        {
            _page.Html.Element("p", _removals == 0 ? "Nobody loses access by this plan." : "The guard holds nothing back.").Line();
        }
    }

    private void People()
    {
        var unchanged = _plan.Changes.Count(c => !c.IsWorthShowing);
        if (_rows.Count == 0)
        {
            _page.Html.Element("p", unchanged == 0
                ? "The plan is about nobody."
                : $"Nothing is to be done: all {PageWords.Count(unchanged, "person is", "people are")} in Zoom as the source wants them.").Line();
            return;
        }

        _page.Search(_rows.Select(c => c.Action).ToList());
        var rest = unchanged == 0
            ? string.Empty
            : $" {PageWords.Count(unchanged, "person needs", "people need")} nothing and {(unchanged == 1 ? "is" : "are")} not listed.";
        _page.Table($"{PageWords.Count(_rows.Count, "person", "people")}, removals first.{rest}", Columns, _rows, c => c.Action, change =>
        {
            _page.Cells.Person(change, change.UserName);
            _page.Cells.Action(change.Action, change.Held, adopts: change.Adopts);
            _page.Cells.Changes(change.Action, change.Changes, change.GroupChanges, change.ActiveCause);
            _page.Cells.Words(change.ReasonAndNext, PageWords.Remarks(change));
        });
    }

    private void SignOff()
    {
        var html = _page.Html;
        var held = _plan.Held.Count;
        if (_plan.Pending.Count == 0 && held == 0)
        {
            html.Element("p", "There is nothing to carry out, so there is nothing to sign.").Line();
            return;
        }

        if (_plan.Approvals.Count > 0)
        {
            html.Element("p", "What was approved so far:");
            _page.List(_plan.Approvals.Select(a => a.ToString()), "approvals");
        }

        if (_plan.NeedsSignOff)
        {
            NeedsApproval();
            return;
        }

        html.Open("div", ("class", "fields"));
        Field("signed-by", "Name");
        Field("signed-on", "Date");
        Field("removals", _removals == 0 ? "Removals signed for (the plan has none)" : $"Removals signed for, of {PageWords.Number(_removals)}");
        html.Close("div").Line();
        html.Element(
            "p",
            held == 0 ? "To carry the plan out:" : $"To carry out everything but the {PageWords.Count(held, "entry", "entries")} held by the guard:");
        _page.Command(_options.PlanCommand);
        if (_plan.MayBeApproved)
        {
            html.Element("p", "To carry it out with what is held here, which the approval names by the plan's id:");
            _page.Command($"{_options.PlanCommand} -Approve {_plan.ShortId}");
            html.Element(
                "p",
                "An approval holds for a day and lets go once; whatever would be held by then and is not held here stays held.",
                ("class", "remark"));
        }

        html.Element(
            "p",
            "The plan is refused for any other account, and everybody who has been changed in Zoom since it was made is left out.",
            ("class", "remark")).Line();
    }

    private void NeedsApproval()
    {
        var html = _page.Html;
        html.Element("p", "Nothing of it is done before it is approved. To approve all of it, or some people only with -Only or -Except:");
        _page.Command(_options.ApproveCommand);
        html.Element("p", "Then, to carry out what was approved:");
        _page.Command(_options.PlanCommand);
        html.Element(
            "p",
            "An approval names this very plan and lies beside it. The plan applies once and not after its time, for this account only; everybody who "
                + "has been changed in Zoom since it was made is left out.",
            ("class", "remark")).Line();
    }

    private void Field(string id, string label) => _page.Html
        .Open("div")
        .Element("label", label, ("for", id))
        .Open("input", ("id", id), ("type", "text"), ("autocomplete", "off"), ("dir", "auto"))
        .Close("div")
        .Line();
}
