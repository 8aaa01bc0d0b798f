#if !NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Profiles;
using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Engine.Tests.State;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>Everything that reads a text which somebody else may have written or changed; replies are <see cref="ReplyFuzzTests"/>.</summary>
internal static class FuzzTargets
{
    // Each look is flushed to the disk.
    private static readonly string? MemoryDisk = Directory.Exists("/dev/shm") ? "/dev/shm" : null;

    private static readonly StateFactory Texts = new();

    private static readonly Lazy<(byte[] Ledger, byte[] Journal)> State = new(Written);

    private static readonly IReadOnlyList<ISourceRecord> Records = [.. Table("userName,Department,Start,Active,Groups\r\n"
        + "jill@example.com,\"Sales, \u202Enorth\",2026-06-01,True,a;b\r\njack@example.com,=1+1,31.12.2025,0,\r\n")];

    private static readonly string[] Filters =
    [
        "Department eq \"Sales\" and not (Active eq false or Start lt \"2026-06-01\")", "Groups co 'a' or userName sw \"j\" or Start pr",
        "(((a pr)))", "Start ge \"2026-01-01\" and Active ne null", "Department eq \"\\u0041\\n\" or Department ew 'it''s'", "Active gt 1.5e3",
    ];

    private static readonly string[] LdapFilters =
    [
        "(&(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(|(a=b\\2ac*)(mail>=x)))", "(cn=*)", "(!(a~=b))",
    ];

    private static readonly string[] Behaviours =
    [
        """{"put_semantics":"replace","faults":[{"kind":"status","status":503,"probability":0.5,"path":"/scim2/Users","method":"GET","count":3}]}""",
        """{"count_default":10,"latency":0}""", """{"faults":[{"kind":"slow","milliseconds":100},{"kind":"drop","when":"after"}]}""",
    ];

    private static readonly string[] Requests =
    [
        "GET /scim2/Users?startIndex=1&count=10&filter=userName%20eq%20%22owner@example.com%22\n", "GET /scim2/Groups?startIndex=-1&count=99999999999\n",
        "POST /scim2/Users\n{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"a@example.com\","
            + "\"name\":{\"givenName\":\"A\",\"familyName\":\"B\"},"
            + "\"emails\":[{\"value\":\"a@example.com\",\"primary\":true}],\"active\":true,\"userType\":\"Basic\","
            + "\"phoneNumbers\":[{\"value\":\"+1 5125550123\"}]}",
        "PATCH /scim2/Users/ID\n{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"replace\","
            + "\"value\":{\"active\":false}}]}",
        "PUT /scim2/Users/ID\n{\"id\":\"ID\",\"title\":\"x\",\"roles\":[\"Member\"],"
            + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"Sales\",\"manager\":{\"value\":\"ID\"}}}",
        "POST /scim2/Groups\n{\"displayName\":\"g\",\"members\":[{\"value\":\"ID\"}]}", "DELETE /scim2/Users/ID\n", "GET /scim2/Schemas\n",
        "PATCH /scim2/Groups/ID\n{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"ID\"}]},{\"op\":\"remove\","
            + "\"path\":\"members[value eq \\\"ID\\\"]\"}]}",
        "POST /oauth/token?grant_type=account_credentials&account_id=ID\n", "GET /scim2/Users/..%2F%00\n",
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("table", 1500, People, ReadTable, typeof(ScimRecordException)),
        new("filter", 6000, () => Utf8(Filters), ReadFilter, typeof(FormatException)),
        new("ldap-filter", 4000, () => Utf8(LdapFilters), input => LdapFilter.MistakeIn(Text(input))),
        new("distinguished-name", 3000, () => Utf8(["CN=Jill\\, Chill,OU=\\C3\\84,DC=example,DC=com", "cn=a+sn=b,dc=x"]), ReadName),
        new("ldap-address", 3000, () => Utf8(["ldaps://dc.example.com:636/OU=Staff,DC=example,DC=com??sub?(mail=*)"]), ReadAddress, typeof(FormatException)),
        new("rule", 1200, Rules, ReadRule, typeof(RuleFileException)),
        new("plan", 500, Plans, ReadPlan, typeof(ScimStateException)),
        new("ledger", 700, () => [State.Value.Ledger], ReadLedger, typeof(ScimStateException)),
        new("journal", 700, () => [State.Value.Journal], ReadJournal, typeof(ScimStateException)),
        new("approval", 1000, Approvals, ReadApproval, typeof(ScimStateException)),
        new("owner", 800, () => Utf8(["{\"pid\":12,\"processStarted\":\"2026-06-01T08:00:00Z\",\"machine\":\"m\",\"user\":\"u\","
            + "\"runStarted\":\"2026-06-01T08:00:00Z\"}"]), ReadOwner),
        new("profile", 2500, () => Utf8([new ProfileFormat().Write(Profile)]), input => new ProfileFormat().Read("fuzz", Text(input)), typeof(FormatException)),
        new("simulator-state", 500, SimulatorStates, ReadSimulatorState, typeof(ArgumentException)),
        new("simulator-behaviour", 1500, SimulatorBehaviours, ReadBehaviour, typeof(ArgumentException)),
        new("simulator-request", 1500, () => Utf8(Requests), Ask),
    ];

    private static ZoomScimProfile Profile => new("fuzz") { AccountId = "account", ClientId = "client", MaxRequestsPerSecond = 5 };

    private static IEnumerable<byte[]> People() =>
        Directory.GetFiles(Path.Combine(FuzzTarget.RepositoryFolder("tests"), "Corpus"), "people.*", SearchOption.AllDirectories)
            .Where(f => new FileInfo(f).Length < 20_000)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    private static IEnumerable<byte[]> Rules() =>
        Directory.GetFiles(Path.Combine(FuzzTarget.RepositoryFolder("examples"), "rules"), "*.json")
            .Where(f => !f.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    private static IEnumerable<byte[]> Plans() =>
        Enumerable.Range(0, 6).Select(seed => Encoding.UTF8.GetBytes(Texts.WritePlan(PlanTests.Make(new Random(seed)))));

    private static IEnumerable<byte[]> SimulatorStates()
    {
        using var zoom = new SimulatedZoom(new SimulatorOptions { SeedUsers = 4 });
        yield return Encoding.UTF8.GetBytes(zoom.ExportState());
        yield return Encoding.UTF8.GetBytes("""{"users":[{"userName":"a@example.com","id":"x"}],"groups":["""
            + """{"displayName":"g","members":["x"]}],"behaviours":{}}""");
    }

    private static IEnumerable<byte[]> SimulatorBehaviours()
    {
        using var zoom = new SimulatedZoom(new SimulatorOptions());
        yield return Encoding.UTF8.GetBytes(zoom.GetBehaviour());
        foreach (var behaviour in Behaviours)
        {
            yield return Encoding.UTF8.GetBytes(behaviour);
        }
    }

    private static (byte[] Ledger, byte[] Journal) Written()
    {
        using var folder = new ScratchFolder();
        folder.Write(4, saveAfter: 3);
        return (File.ReadAllBytes(folder.LedgerPath), File.ReadAllBytes(folder.Journal));
    }

    private static List<ISourceRecord> Table(string text) => [.. SourceTable.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "fuzz.csv")];

    private static void ReadTable(byte[] input)
    {
        var source = SourceReader.Read(new ProvisioningRule("fuzz"), SourceTable.Open(new MemoryStream(input), "fuzz.csv"));
        foreach (var problem in source.Problems)
        {
            Harmless(problem.Error.Message);
        }
    }

    private static void ReadFilter(byte[] input)
    {
        var filter = RecordFilter.Parse(Text(input));
        foreach (var record in Records)
        {
            filter.Matches(record);
        }
    }

    private static void ReadName(byte[] input)
    {
        var name = Text(input);
        _ = DistinguishedName.IsOne(name);
        _ = DistinguishedName.KeyOf(name);
        _ = DistinguishedName.IsBelow(name, "DC=example,DC=com");
    }

    private static void ReadAddress(byte[] input)
    {
        if (LdapUrl.IsOne(Text(input)))
        {
            _ = LdapUrl.Parse(Text(input));
        }
    }

    private static void ReadRule(byte[] input)
    {
        var rule = RuleReader.Read(Texts.ParseRule(Text(input)), "fuzz.json");
        if (rule.Source.Ldap is null)
        {
            _ = SourceReader.Read(rule, Records);
        }

        _ = rule.Protected.ReasonFor("jill@example.com", null);
    }

    // As somebody changed it, and as somebody made it who knows how to seal one.
    private static void ReadPlan(byte[] input)
    {
        if (Resealed(input) is { } plan)
        {
            var read = Texts.ReadPlan(plan);
            foreach (var line in PlanOverview.Of(read))
            {
                Harmless(line.Text);
            }

            _ = PlanPage.Render(read);
        }

        _ = Texts.ReadPlan(Text(input));
    }

    private static string? Resealed(byte[] input)
    {
        try
        {
            return JsonSerializer.Deserialize(input, StateJsonContext.Default.PlanBody) is { } body ? Texts.WritePlan(body.Of) : null;
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            return null;
        }
    }

    private static void ReadLedger(byte[] input)
    {
        var whole = State.Value;
        Open(Sealed.Ledger(input), whole.Journal);
        Open(input, whole.Journal);
    }

    private static void ReadJournal(byte[] input)
    {
        Open(null, Sealed.Journal(input));
        Open(State.Value.Ledger, input);
    }

    /// <summary>Opens a folder, makes its ledger anew, and reads the history.</summary>
    private static void Open(byte[]? ledger, byte[] journal)
    {
        using var folder = new ScratchFolder(MemoryDisk);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.Journal, journal);
        if (ledger is not null)
        {
            File.WriteAllBytes(folder.LedgerPath, ledger);
        }

        foreach (var look in new Action[]
        {
            () => folder.Open().Dispose(),
            () => folder.Factory.ReadLedger(folder.Path),
            () => folder.Factory.CheckJournal(folder.Path),
            () => _ = folder.Factory.ReadJournal(folder.Path).Count(),
            () => Rebuild(folder),
            () => folder.Open().Dispose(),
        })
        {
            try
            {
                look();
            }
            catch (ScimStateException exception)
            {
                Harmless(exception.Message);
            }
        }
    }

    private static void Rebuild(ScratchFolder folder)
    {
        using var state = folder.Open(rebuild: true);
        var fold = new ZoomProvisioning.State.LedgerFold(new ZoomProvisioning.State.Ledger(ScratchFolder.Account, ScratchFolder.Rule));
        foreach (var entry in state.ReadJournal(0))
        {
            fold.Apply(entry);
        }

        state.SaveLedger(fold.Ledger);
    }

    private static IEnumerable<byte[]> Approvals() => Utf8([ApprovalFile.Text(new ProvisioningApproval
    {
        PlanId = new string('a', 64),
        Rule = "Staff",
        Account = "account",
        PlanMade = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero),
        Who = "Ada",
        At = new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero),
        Comment = "looked at",
        Checks = ["DisableCount"],
        Entries = [new ApprovedEntry(new string('b', 64), "Disable", "jill@example.com")],
    }, Texts)]);

    private static void ReadApproval(byte[] input)
    {
        using var folder = new ScratchFolder(MemoryDisk);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.At("plan.approval.12345678.json"), input);
        _ = ApprovalFile.Beside(folder.At("plan.json"), Texts);
    }

    private static void ReadOwner(byte[] input)
    {
        using var folder = new ScratchFolder(MemoryDisk);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.At("run.owner"), input);
        _ = RunOwner.Read(folder.At("run.owner"))?.ToString();
    }

    private static void ReadSimulatorState(byte[] input)
    {
        using var zoom = new SimulatedZoom(new SimulatorOptions { State = Text(input) });
        var again = zoom.ExportState();
        zoom.ImportState(again);
        _ = Answer(zoom, new HttpMethod("GET"), "/scim2/Users?count=100", []);
        _ = Answer(zoom, new HttpMethod("GET"), "/scim2/Groups?count=100", []);
    }

    private static void ReadBehaviour(byte[] input)
    {
        using var zoom = new SimulatedZoom(new SimulatorOptions { SeedUsers = 2, Clock = new ZoomProvisioning.Tests.FakeClock() });
        zoom.PatchBehaviour(Text(input));
        _ = zoom.GetBehaviour();
        _ = zoom.ExportState();
    }

    private static void Ask(byte[] input)
    {
        using var zoom = new SimulatedZoom(new SimulatorOptions { SeedUsers = 2, RatePlan = "none", Clock = new ZoomProvisioning.Tests.FakeClock() });
        var body = Array.IndexOf(input, (byte)'\n');
        var line = Encoding.UTF8.GetString(input, 0, body < 0 ? input.Length : body).Split(' ', 2);
        var owner = Owner(zoom);
        var target = (line.Length > 1 ? line[1] : "/scim2/Users").Replace("ID", owner, StringComparison.Ordinal);
        var sent = body < 0
            ? []
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(input, body + 1, input.Length - body - 1).Replace("ID", owner, StringComparison.Ordinal));
        var status = Answer(zoom, line[0].Length is > 0 and < 20 ? line[0] : "GET", target, sent);
        if (status is 500)
        {
            throw new InvalidOperationException($"The simulator answered {status}.");
        }
    }

    private static string Owner(SimulatedZoom zoom)
    {
        using var state = JsonDocument.Parse(zoom.ExportState());
        return state.RootElement.GetProperty("users")[0].GetProperty("id").GetString()!;
    }

    private static int Answer(SimulatedZoom zoom, HttpMethod method, string target, byte[] body) => Answer(zoom, method.Method, target, body);

    private static int Answer(SimulatedZoom zoom, string method, string target, byte[] body)
    {
        var token = zoom.HandleAsync(
            new SimulatedRequest("POST", $"/oauth/token?grant_type=account_credentials&account_id={Uri.EscapeDataString(zoom.AccountId)}")
            {
                Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{zoom.ClientId}:{zoom.ClientSecret}")),
            },
            CancellationToken.None).GetAwaiter().GetResult();
        using var told = JsonDocument.Parse(token.Body);
        if (token.Status != 200)
        {
            // A state may say that the account, its app or its scopes are none.
            return token.Status;
        }

        var request = new SimulatedRequest(method, target)
        {
            Authorization = "Bearer " + told.RootElement.GetProperty("access_token").GetString(),
            ContentType = "application/json",
            Body = body,
        };
        return zoom.HandleAsync(request, CancellationToken.None).GetAwaiter().GetResult().Status;
    }

    private static void Harmless(string text)
    {
        if (text.Any(c => (char.IsControl(c) && c != '\n') || c is >= '\u202A' and <= '\u202E'))
        {
            throw new InvalidOperationException($"This would do something to a terminal: {VisibleText.OneLine(text)}");
        }
    }

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static IEnumerable<byte[]> Utf8(IEnumerable<string> texts) => texts.Select(Encoding.UTF8.GetBytes);
}
#endif
