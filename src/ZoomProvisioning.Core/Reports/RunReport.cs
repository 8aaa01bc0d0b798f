using System.Net;
using System.Text;
using ZoomProvisioning.Reconcile;

namespace ZoomProvisioning.Reports;

/// <summary>A run as one self-contained HTML page.</summary>
public static class RunReport
{
    /// <summary>Renders the page.</summary>
    public static string Render(ProvisioningRun run)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(run.Rule)).Append("</title></head><body>\n<h1>")
            .Append(WebUtility.HtmlEncode(run.ToString())).Append("</h1>\n<ul>\n");
        foreach (var result in run.Results)
        {
            page.Append("<li>").Append(WebUtility.HtmlEncode(result.ToString())).Append("</li>\n");
        }

        return page.Append("</ul>\n</body></html>\n").ToString();
    }
}
