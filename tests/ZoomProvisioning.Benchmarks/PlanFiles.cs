using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Engine;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Benchmarks;

/// <summary>The inputs of <see cref="PlanBenchmark"/> on the disk: a table of people, a ledger, and the pages of a listing.</summary>
internal static class PlanFiles
{
    public const string Account = "account1";
    public const string Rule = "rule1";

    private const int PageSize = 100;

    /// <summary>Writes them.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="users">How many people.</param>
    /// <param name="every">Of so many people one is new in the source, one is missing in it, and one has another name; 0 for none of them.</param>
    public static void Write(string folder, int users, int every)
    {
        using (var table = new StreamWriter(SourceOf(folder)))
        {
            table.WriteLine("UserName,GivenName,FamilyName,DisplayName,Phone,Title,Department,UserType,EmployeeNumber,Active");
            for (var i = 0; i < users; i++)
            {
                var turn = every == 0 ? -1 : i % every;
                if (turn != 1)
                {
                    table.WriteLine(Row(turn == 0 ? i + users : i, turn == 2 ? "-Changed" : string.Empty));
                }
            }
        }

        var ledger = new Ledger(Account, Rule);
        for (var i = 0; i < users; i++)
        {
            var entry = StateBenchmark.Entry(i);
            entry.Untold["Title"] = Title(i);
            ledger.Put(entry);
        }

        using (var state = new StateFactory().Open(RuleState.FolderOf(folder, Account, Rule), Account, Rule))
        {
            state.SaveLedger(ledger);
        }

        for (var start = 1; start <= users; start += PageSize)
        {
            var resources = Enumerable.Range(start - 1, Math.Min(PageSize, users - start + 1))
                .Select(i => Encoding.UTF8.GetString(StateBenchmark.Json(i, whole: false)));
            File.WriteAllText(
                PageOf(folder, start),
                $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":{users},\"startIndex\":{start},"
                    + $"\"itemsPerPage\":{PageSize},\"Resources\":[{string.Join(",", resources)}]}}");
        }
    }

    /// <summary>The table of people.</summary>
    public static string SourceOf(string folder) => Path.Combine(folder, "source.csv");

    /// <summary>The file of a page of the listing.</summary>
    public static string PageOf(string folder, int start) => Path.Combine(folder, $"page-{start.ToString(CultureInfo.InvariantCulture)}.json");

    private static string Row(int i, string suffix)
    {
        var name = i.ToString("000000", CultureInfo.InvariantCulture);
        return string.Join(
            ',', $"given{name}.family{name}@example.com", "Given" + name, "Family" + name + suffix, $"Given{name} Family{name}{suffix}",
            "+1 5125" + name, Title(i), $"Department {i % 50}", "Licensed", name, "True");
    }

    private static string Title(int i) => $"Title {i % 500}";
}

/// <summary>Zoom as far as a listing goes: answers with the pages that lie in a folder, and allows any pace.</summary>
internal sealed class PlanPages(string folder) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = request.RequestUri!.Query.Split('?', '&').Single(p => p.StartsWith("startIndex=", StringComparison.Ordinal))["startIndex=".Length..];
        var page = await File.ReadAllBytesAsync(
            PlanFiles.PageOf(folder, int.Parse(start, CultureInfo.InvariantCulture)), cancellationToken).ConfigureAwait(false);
        var reply = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(page), RequestMessage = request };
        reply.Content.Headers.ContentType = new("application/scim+json");
        reply.Headers.Add("X-RateLimit-Type", "QPS");
        reply.Headers.Add("X-RateLimit-Limit", "100000");
        return reply;
    }
}
