using System.Net;
using System.Text;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>A plan as one self-contained HTML page, to read and sign off.</summary>
public static class PlanPage
{
    /// <summary>Renders the page.</summary>
    public static string Render(SyncPlan plan)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(plan.Id)).Append("</title></head><body>\n<h1>")
            .Append(WebUtility.HtmlEncode(plan.ToString())).Append("</h1>\n<ul>\n");
        foreach (var change in plan.Changes)
        {
            page.Append("<li>").Append(WebUtility.HtmlEncode(change.ToString())).Append("</li>\n");
        }

        return page.Append("</ul>\n</body></html>\n").ToString();
    }
}
