using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reports;

/// <summary>What both pages are built of: the frame with its policy, sections, facts, counts and tables.</summary>
internal sealed class Page
{
    // From this many rows on a browser is told to lay out only what is seen.
    private const int LongTable = 1000;

    private readonly PageOptions _options;

    public Page(PageOptions options, TextWriter to)
    {
        Html = new HtmlWriter(to);
        _options = options;
        Cells = new PageCells(Html, options.Advice);
    }

    public HtmlWriter Html { get; }

    /// <summary>A page that is written, as one text.</summary>
    public static string Text(Action<TextWriter> write)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        write(text);
        return text.ToString();
    }

    public PageCells Cells { get; }

    /// <summary>Begins the page, up to and with its only h1.</summary>
    /// <param name="kind">What the page is: plan or run.</param>
    /// <param name="title">The heading.</param>
    /// <param name="subject">What the page is about, as it is called in data: the rule.</param>
    /// <param name="purpose">What it is for, in a sentence.</param>
    public void Begin(string kind, string title, string subject, string purpose)
    {
        Html.Doctype().Open("html", ("lang", "en"), ("dir", "ltr"), ("data-page", kind)).Line().Open("head").Line();
        Html.Open("meta", ("charset", "utf-8")).Line();
        // Nothing is loaded from anywhere, and no script or style runs but the two whose hash is here.
        Html.Open("meta", ("http-equiv", "Content-Security-Policy"),
            (
                "content",
                $"default-src 'none'; style-src {PageAsset.Style.Source}; script-src {PageAsset.Script.Source}; base-uri 'none'; form-action 'none'")).Line();
        Html.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        Html.Open("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        Html.Open("meta", ("name", "referrer"), ("content", "no-referrer")).Line();
        Html.Element("title", subject.Length == 0 ? title : $"{title}: {subject}").Line();
        Html.Own("style", PageAsset.Style).Line().Close("head").Line().Open("body").Line();
        Html.Element("a", "Skip to the content", ("class", "skip"), ("href", "#content")).Line();
        Html.Open("header").Open("h1").Text(title);
        if (subject.Length > 0)
        {
            Html.Text(": ").Element("bdi", subject);
        }

        Html.Close("h1").Element("p", purpose, ("class", "purpose")).Close("header").Line();
        Html.Open("main", ("id", "content")).Line();
    }

    /// <summary>Ends the page.</summary>
    public void End()
    {
        Html.Close("main").Line();
        var version = typeof(Page).Assembly.GetName().Version;
        Html.Element("footer", $"Made by ZoomProvisioning {version?.ToString(3)}. This file is complete in itself and loads nothing.").Line();
        Html.Own("script", PageAsset.Script).Line().Close("body").Line().Close("html").Line();
        Html.Finish();
    }

    /// <summary>The links to the page's sections, where there are several.</summary>
    public void Contents(IReadOnlyCollection<(string Id, string Name)> sections)
    {
        if (sections.Count < 2)
        {
            return;
        }

        Html.Open("nav", ("aria-label", "Sections")).Open("ul");
        foreach (var (id, name) in sections)
        {
            Html.Open("li").Element("a", name, ("href", "#" + id)).Close("li");
        }

        Html.Close("ul").Close("nav").Line();
    }

    /// <summary>A section with its heading.</summary>
    public void Section(string id, string heading, Action content, string? style = null)
    {
        Html.Open("section", ("id", id), ("aria-labelledby", id + "-heading"), ("class", style)).Line();
        Html.Element("h2", heading, ("id", id + "-heading")).Line();
        content();
        Html.Close("section").Line();
    }

    /// <summary>Names and values, such as the account; what is empty is left out.</summary>
    public void Facts(params (string Name, Action? Value)[] facts)
    {
        Html.Open("dl", ("class", "facts"));
        foreach (var (name, value) in facts.Where(f => f.Value is not null))
        {
            Html.Open("div").Element("dt", name).Open("dd");
            value!();
            Html.Close("dd").Close("div").Line();
        }

        Html.Close("dl").Line();
    }

    /// <summary>A fact that is a text; null when there is none.</summary>
    public Action? Fact(string? text, string? style = null) =>
        string.IsNullOrEmpty(text) ? null : () => Html.Element("bdi", text, ("class", style));

    /// <summary>A moment, in the user's culture and for programs.</summary>
    public Action? Time(DateTimeOffset time) => time == default ? null : () =>
    {
        var local = TimeZoneInfo.ConvertTime(time, _options.TimeZone);
        var offset = local.Offset;
        var zone = offset == TimeSpan.Zero
            ? "UTC"
            : string.Format(CultureInfo.InvariantCulture, "UTC{0}{1:hh\\:mm}", offset < TimeSpan.Zero ? "-" : "+", offset);
        Html.Open("time", ("datetime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Html.Element("bdi", local.ToString("f", CultureInfo.CurrentCulture)).Text($" ({zone})").Close("time");
    };

    /// <summary>Numbers at a glance.</summary>
    public void Counts(IEnumerable<(string Name, int Number, string Tone)> counts)
    {
        Html.Open("dl", ("class", "counts"));
        foreach (var (name, number, tone) in counts)
        {
            Html.Open("div", ("class", number == 0 ? "count none" : "count " + tone)).Element("dt", name);
            Html.Open("dd").Element("data", PageWords.Number(number), ("value", PageWords.Invariant(number))).Close("dd").Close("div").Line();
        }

        Html.Close("dl").Line();
    }

    /// <summary>The search over all tables. It is shown by the script, without which it would do nothing.</summary>
    public void Search(IReadOnlyCollection<PlanAction> actions)
    {
        Html.Open("div", ("id", "tools"), ("class", "tools"), ("role", "search"), ("hidden", string.Empty));
        Html.Open("div").Element("label", "Search", ("for", "search")).Text(" ");
        Html.Open("input", ("id", "search"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"), ("dir", "auto")).Close("div");
        Html.Open("div")
            .Element("label", "Action", ("for", "action"))
            .Text(" ")
            .Open("select", ("id", "action"))
            .Element("option", "All", ("value", string.Empty));
        foreach (var action in actions.Distinct().OrderBy(a => Array.IndexOf(PageWords.Order, a)))
        {
            Html.Element("option", PageWords.Of(action), ("value", action.ToString()));
        }

        Html.Close("select").Close("div");
        if (actions.Count >= LongTable)
        {
            // What a browser has not laid out it does not tell a screen reader either.
            Html.Open("div")
                .Open("input", ("id", "whole"), ("type", "checkbox"))
                .Text(" ")
                .Element("label", "Lay out all rows (slower; for screen readers)", ("for", "whole"))
                .Close("div");
        }

        Html.Element("p", null, ("id", "found"), ("role", "status")).Close("div").Line();
    }

    /// <summary>A table with a caption, a heading for each column and a row for each item.</summary>
    /// <param name="caption">What it lists.</param>
    /// <param name="columns">The columns: heading, style class (the width), whether to sort by it.</param>
    /// <param name="items">The items.</param>
    /// <param name="action">The action a row is about, by which the rows are filtered.</param>
    /// <param name="row">Writes the cells of a row.</param>
    public void Table<T>(
        string caption,
        IReadOnlyList<(string Name, string Style, bool Sorts)> columns,
        IReadOnlyCollection<T> items,
        Func<T, PlanAction> action,
        Action<T> row)
    {
        var styles = columns.Select(c => c.Style).Distinct().Concat(items.Count < LongTable ? [] : ["long"]);
        Html.Open("table", ("role", "table"), ("class", string.Join(" ", styles)))
            .Element("caption", caption)
            .Line()
            .Open("thead", ("role", "rowgroup"))
            .Open("tr", ("role", "row"));
        foreach (var (name, style, sorts) in columns)
        {
            Html.Element("th", name, ("scope", "col"), ("role", "columnheader"), ("class", style), ("aria-sort", sorts ? "none" : null));
        }

        Html.Close("tr").Close("thead").Line().Open("tbody", ("role", "rowgroup")).Line();
        foreach (var item in items)
        {
            Html.Open("tr", ("role", "row"), ("data-action", action(item).ToString()));
            row(item);
            Html.Close("tr").Line();
        }

        Html.Close("tbody").Close("table").Line();
    }

    /// <summary>A list of sentences.</summary>
    public void List(IEnumerable<string> sentences, string? style = null)
    {
        Html.Open("ul", ("class", style));
        foreach (var sentence in sentences)
        {
            Html.Element("li", _options.Advice(sentence), ("dir", "auto"));
        }

        Html.Close("ul").Line();
    }

    /// <summary>A command to copy.</summary>
    public void Command(string command) => Html.Open("pre", ("tabindex", "0"), ("dir", "ltr")).Element("code", _options.Advice(command)).Close("pre").Line();

    /// <summary>What the guard says.</summary>
    public void Guard(IReadOnlyList<GuardFinding> findings)
    {
        Html.Open("ul", ("class", "findings"));
        foreach (var finding in findings.OrderByDescending(f => f.HoldsRemovals))
        {
            Html.Open("li", ("data-check", finding.Check.ToString()), ("class", finding.HoldsRemovals ? "warn" : "plain"));
            Html.Element("strong", finding.HoldsRemovals ? "Held: " : "To know: ")
                .Element("span", _options.Advice(finding.Message), ("dir", "auto"))
                .Close("li")
                .Line();
        }

        Html.Close("ul").Line();
    }
}
