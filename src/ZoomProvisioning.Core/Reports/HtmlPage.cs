using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Reports;

/// <summary>
/// Writes one self-contained HTML page. All text goes through <see cref="Text"/>, so that no name, however hostile, becomes
/// markup; elements and attributes are this module's own words only. The page asks no server for anything and says so in its
/// content security policy.
/// </summary>
internal sealed class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --back: #ffffff; --text: #1b1b1b; --soft: #555555; --line: #c8c8c8; --head: #f0f2f5; --good: #0a5d1e; --warn: #7a4b00; --bad: #a30d0d; --link: #0b4f9e; }
        @media (prefers-color-scheme: dark) { :root { --back: #16181c; --text: #ececec; --soft: #b4b8be; --line: #454a52; --head: #22262c; --good: #7fd893; --warn: #f0c070; --bad: #ff9a94; --link: #8fc1ff; } }
        body { background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; }
        h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; } caption { text-align: start; color: var(--soft); padding: .3rem 0; }
        th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; } thead th { background: var(--head); }
        th button { all: unset; cursor: pointer; font-weight: bold; } th button:focus-visible, input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        ul.changes { list-style: none; margin: 0; padding: 0; } del { color: var(--bad); } ins { color: var(--good); text-decoration: none; font-weight: 600; }
        .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .soft { color: var(--soft); }
        .sign { border: 1px solid var(--line); padding: 1rem; } .sign p { margin: .6rem 0; } code { overflow-wrap: anywhere; }
        input { background: var(--back); color: var(--text); border: 1px solid var(--soft); padding: .3rem .5rem; font: inherit; width: min(30rem, 100%); }
        @media print { .controls { display: none; } tr { break-inside: avoid; } tr[hidden] { display: table-row; } body { max-width: none; } }
        """;

    // No line of it comes from data. Without it the page is a plain page.
    private const string Script = """
        (function () {
          var box = document.getElementById('search'), count = document.getElementById('count');
          var rows = Array.prototype.slice.call(document.querySelectorAll('table.people tbody tr'));
          function search() {
            var wanted = box.value.trim().toLowerCase(), shown = 0;
            rows.forEach(function (row) { var fits = row.textContent.toLowerCase().indexOf(wanted) >= 0; row.hidden = !fits; if (fits) { shown++; } });
            count.textContent = shown + ' / ' + rows.length;
          }
          function sort(head) {
            var up = head.getAttribute('aria-sort') !== 'ascending', index = Array.prototype.indexOf.call(head.parentNode.children, head);
            var body = head.closest('table').tBodies[0], order = new Intl.Collator(undefined, { numeric: true });
            Array.prototype.slice.call(body.rows).sort(function (a, b) { return order.compare(a.cells[index].textContent, b.cells[index].textContent) * (up ? 1 : -1); }).forEach(function (row) { body.appendChild(row); });
            Array.prototype.forEach.call(head.parentNode.children, function (other) { other.removeAttribute('aria-sort'); });
            head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
          }
          document.addEventListener('click', function (event) { var button = event.target.closest('th button'); if (button) { sort(button.parentNode); } });
          if (box) {
            box.addEventListener('input', search);
            var asked = new URLSearchParams(location.hash.slice(1));
            box.value = asked.get('q') || '';
            search();
            var heads = document.querySelectorAll('table.people thead th');
            if (asked.has('sort') && heads[+asked.get('sort')]) { sort(heads[+asked.get('sort')]); }
          }
        })();
        """;

    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    public HtmlPage(string title)
    {
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-").Append(Hash(Style))
            .Append("'; script-src 'sha256-").Append(Hash(Script)).Append("'\"/>");
        Begin("title").Text(title).End();
        _html.Append("<style>").Append(Style.Replace("\r\n", "\n")).Append("</style></head><body><main>");
    }

    /// <summary>Opens an element. Name and attributes are words of this module, never data.</summary>
    public HtmlPage Begin(string element, string attributes = "")
    {
        _html.Append('<').Append(element);
        if (attributes.Length > 0)
        {
            _html.Append(' ').Append(attributes);
        }

        _html.Append('>');
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public HtmlPage End()
    {
        _html.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Writes data. Whatever is in it stays text.</summary>
    public HtmlPage Text(string? data)
    {
        var text = data ?? string.Empty;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _html.Append(c).Append(text[++i]);
                continue;
            }

            switch (c)
            {
                case '<':
                    _html.Append("&lt;");
                    break;
                case '>':
                    _html.Append("&gt;");
                    break;
                case '&':
                    _html.Append("&amp;");
                    break;
                case '"':
                    _html.Append("&quot;");
                    break;
                case '\'':
                    _html.Append("&#39;");
                    break;
                // Half a character, a control, or one that turns the text around it: shown to be there, without effect.
                case var _ when char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFFFE' or '\uFFFF':
                    _html.Append('\uFFFD');
                    break;
                default:
                    _html.Append(c);
                    break;
            }
        }

        return this;
    }

    /// <summary>Writes an element with data in it.</summary>
    public HtmlPage Put(string element, string? data, string attributes = "") => Begin(element, attributes).Text(data).End();

    /// <summary>Writes a line of a description list.</summary>
    public HtmlPage Fact(string name, string? data) => Put("dt", name).Begin("dd", "dir=\"auto\"").Text(data).End();

    /// <summary>Writes a moment: for people in their culture, for machines invariant.</summary>
    public HtmlPage Fact(string name, DateTimeOffset moment) => Put("dt", name).Begin("dd")
        .Put("time", moment.ToLocalTime().ToString("F", CultureInfo.CurrentCulture), $"datetime=\"{moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"").End();

    /// <summary>Opens a table with its headings; each can be sorted by.</summary>
    public HtmlPage BeginTable(string caption, bool isPeople, params string[] headings)
    {
        Begin("table", isPeople ? "class=\"people\"" : "class=\"plain\"").Put("caption", caption).Begin("thead").Begin("tr");
        foreach (var heading in headings)
        {
            Begin("th", "scope=\"col\"");
            if (isPeople)
            {
                Put("button", heading, "type=\"button\"");
            }
            else
            {
                Text(heading);
            }

            End();
        }

        return End().End().Begin("tbody");
    }

    /// <summary>Closes a table.</summary>
    public HtmlPage EndTable() => End().End();

    /// <summary>Writes the box to search the people with.</summary>
    public HtmlPage SearchBox() => Begin("p", "class=\"controls\"").Put("label", "Search: ", "for=\"search\"")
        .Begin("input", "id=\"search\" type=\"search\"").End().Put("span", null, "id=\"count\" role=\"status\" class=\"soft\"").End();

    /// <summary>The whole page.</summary>
    public string Finish()
    {
        while (_open.Count > 0)
        {
            End();
        }

        return _html.Append("</main><script>").Append(Script.Replace("\r\n", "\n")).Append("</script></body></html>\n").ToString().Replace("</input>", string.Empty).Replace("type=\"search\">", "type=\"search\"/>");
    }

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n"))));
    }
}
