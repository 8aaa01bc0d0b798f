using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>A file or a program as a rule's source.</summary>
public sealed class OwnSourceTests : IDisposable
{
    private const string Table = "UserName,FirstName\nana@example.com,Ana\nbob@example.com,Bob\n";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "zoomprov-test-" + Guid.NewGuid().ToString("N"));

    public OwnSourceTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RuleNode Node(object? value) => value switch
    {
        null => RuleNode.Nothing,
        int number => RuleNode.Of(number),
        double number => RuleNode.Of(number),
        string text => RuleNode.Of(text),
        (string, object?)[] table => RuleNode.Of(table.Select(e => new KeyValuePair<string, RuleNode>(e.Item1, Node(e.Item2)))),
        object?[] list => RuleNode.Of(list.Select(Node)),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static (string, object?)[] T(params (string, object?)[] entries) => entries;

    private static RuleNode Rule(params (string, object?)[] source) => Node(T(("name", "r"), ("source", source)));

    private static string Mistake(params (string, object?)[] source) => Assert.Single(RuleReader.TryRead(Rule(source), null, null, out _)).ToString();

    private Task<OwnSource> ReadAsync(ProvisioningRule rule, FakeRunner runner) => OwnSource.ReadAsync(rule, _folder, runner, CancellationToken.None);

    private Task<OwnSource> RunAsync(FakeRunner runner) => ReadAsync(RuleReader.Read(Rule(("command", new object?[] { "hr", "--all" }))), runner);

    public static TheoryData<string, (string, object?)[], string> Mistakes => new()
    {
        { "blank", T(("csv", " ")), "source.csv: the text is empty" },
        { "no path", T(("csv", T(("encoding", "utf-8")))), "source.csv: nothing says which file is meant (path)" },
        { "encoding", T(("csv", T(("path", "a.csv"), ("encoding", "klingon")))), "source.csv.encoding: There is no encoding called 'klingon'; name one" },
        { "setting", T(("csv", T(("path", "a.csv"), ("encodng", "utf-8")))), "source.csv.encodng: there is no such setting (did you mean 'encoding'?)" },
        { "shell", T(("command", "hr --all | sort")), "source.command: no shell takes 'hr --all | sort' apart; write a list" },
        { "shell in run", T(("command", T(("run", "hr --all")))), "source.command.run: no shell takes" },
        { "nothing", T(("command", Array.Empty<object?>())), "source.command: nothing says what is to be started" },
        { "no run", T(("command", T(("timeLimitSeconds", 5)))), "source.command: nothing says what is to be started (run)" },
        { "number", T(("command", new object?[] { "hr", 5 })), "source.command: the number 5 stands where a text is expected" },
        { "batch", T(("command", new object?[] { "x.cmd" })), "source.command: 'x.cmd' is a batch file" },
        { "limit", T(("command", T(("run", new object?[] { "hr" }), ("timeLimitSeconds", 0)))), "source.command.timeLimitSeconds: 0 is not possible here" },
        { "half a second", T(("command", T(("run", new object?[] { "hr" }), ("timeLimitSeconds", 1.5)))),
            "source.command.timeLimitSeconds: 1.5 is not possible here; a whole number from 0 to 86400 is expected" },
        { "no list", T(("command", T(("run", 5)))),
            "source.command.run: the number 5 stands where a list of texts, the program and each of its arguments, is expected" },
        { "nul", T(("command", new object?[] { "hr", "\0" })), "source.command: an argument cannot hold this character" },
        { "two", T(("csv", "a.csv"), ("command", new object?[] { "hr" })), "source.command: csv and command exclude each other; a rule reads one source" },
        { "ldap", T(("ldap", "ldaps://dc.example.com"), ("csv", "a.csv")), "source.csv: ldap and csv exclude each other" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_told_with_its_place(string name, (string, object?)[] source, string mistake) =>
        Assert.True(Mistake(source).Contains(mistake), $"{name}: {Mistake(source)}");

    [Fact]
    public void Every_setting_is_read_and_written_again()
    {
        foreach (var source in new[]
        {
            T(("csv", "people.csv")),
            T(("csv", T(("path", "people.csv"), ("encoding", "windows-1252")))),
            T(("command", new object?[] { "hr", "", "a \"b\"" })),
            T(("command", T(("run", new object?[] { "hr" }), ("encoding", "utf-16"), ("timeLimitSeconds", 60)))),
        })
        {
            var rule = RuleReader.Read(Rule(source));
            var again = RuleReader.Read(RuleWriter.Write(rule));

            Assert.Equal(rule.Source, again.Source);
            Assert.Equal(rule.Fingerprint, again.Fingerprint);
            Assert.NotEqual(RuleReader.Read(Rule()).Fingerprint, rule.Fingerprint);
        }
    }

    [Fact]
    public async Task A_file_is_found_beside_the_rule_and_its_age_is_known()
    {
        var file = Path.Combine(_folder, "people.csv");
        File.WriteAllText(file, "Benutzername;Vorname\nana@example.com;Zo\u00EB\n");
        var written = new DateTime(2026, 5, 4, 3, 2, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, written);
        var rule = RuleReader.Read(Rule(("csv", "people.csv")), Path.Combine(_folder, "r.json"));

        var source = await OwnSource.ReadAsync(rule, Path.GetTempPath(), new FakeRunner(), CancellationToken.None);
        var snapshot = source.Snapshot(rule, MappingPlace.Rule);

        Assert.Equal("Zo\u00EB", Assert.Single(snapshot.People).Values.GivenName);
        Assert.Equal(written, snapshot.WrittenAt!.Value.UtcDateTime);
        Assert.Null(snapshot.Incomplete);
    }

    [Fact]
    public async Task A_file_in_an_old_encoding_is_read_in_the_one_that_is_named()
    {
        File.WriteAllBytes(Path.Combine(_folder, "people.csv"), Encoding.GetEncoding("iso-8859-1").GetBytes("UserName,FirstName\nana@example.com,Zo\u00EB\n"));

        var error = await Assert.ThrowsAsync<ScimRecordException>(() => ReadAsync(RuleReader.Read(Rule(("csv", "people.csv"))), new FakeRunner()));
        Assert.Equal("Zoom.Source.Encoding", error.ErrorId);
        var rule = RuleReader.Read(Rule(("csv", T(("path", "people.csv"), ("encoding", "ansi")))));
        Assert.Equal("Zo\u00EB", Assert.Single((await ReadAsync(rule, new FakeRunner())).Snapshot(rule, MappingPlace.Rule).People).Values.GivenName);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_not_whole()
    {
        File.WriteAllText(Path.Combine(_folder, "people.csv"), Table + "carl@exam");
        var rule = RuleReader.Read(Rule(("csv", "people.csv")));

        Assert.Contains("ends in the middle of a line", (await ReadAsync(rule, new FakeRunner())).Snapshot(rule, MappingPlace.Rule).Incomplete);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_with_its_whole_path()
    {
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => ReadAsync(RuleReader.Read(Rule(("csv", "none.csv"))), new FakeRunner()));

        Assert.Equal(("Zoom.Source.NotRead", "ObjectNotFound"), (error.ErrorId, error.Category));
        Assert.Contains(Path.Combine(_folder, "none.csv"), error.Message);
    }

    [Fact]
    public async Task A_program_gets_its_arguments_as_they_are_and_works_in_the_folder_of_the_rule()
    {
        var runner = new FakeRunner { Output = Table };
        var rule = RuleReader.Read(
            Rule(("command", T(("run", new object?[] { "hr", "a b", "$(x)" }), ("timeLimitSeconds", 60)))), Path.Combine(_folder, "r.json"));

        var snapshot = (await OwnSource.ReadAsync(rule, "/", runner, CancellationToken.None)).Snapshot(rule, MappingPlace.Rule);

        Assert.Equal(2, snapshot.People.Count);
        Assert.Equal((null, 0), (snapshot.Incomplete, snapshot.Warnings.Count));
        var request = runner.Request!;
        Assert.Equal(("hr", _folder, rule.Path, TimeSpan.FromSeconds(60)), (request.Program, request.Folder, request.NamedIn, request.TimeLimit));
        Assert.Equal(["a b", "$(x)"], request.Arguments);
    }

    [Theory]
    [InlineData(3, "ended with exit code 3")]
    [InlineData(null, "was ended after 900 seconds (timeLimitSeconds), before it had finished")]
    public async Task What_a_program_wrote_that_failed_is_not_whole(int? exit, string told)
    {
        var source = await RunAsync(new FakeRunner { Output = Table, ExitCode = exit, Errors = "disk full\n" });
        var snapshot = source.Snapshot(new ProvisioningRule("r"), MappingPlace.Rule);

        Assert.Equal(2, snapshot.People.Count);
        Assert.Equal($"The command 'hr', which writes it (source.command), {told}.", snapshot.Incomplete);
        Assert.Contains("The command 'hr' says: disk full", snapshot.Warnings);
    }

    [Fact]
    public async Task Output_that_breaks_off_is_not_whole_though_the_program_says_it_is()
    {
        var source = await RunAsync(new FakeRunner { Output = Table + "carl@exam" });

        Assert.NotNull(source.Snapshot(new ProvisioningRule("r"), MappingPlace.Rule).Incomplete);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"error\": \"no\" }")]
    public async Task A_program_that_fails_without_a_table_ends_the_run(string output)
    {
        var errors = string.Concat(Enumerable.Range(1, 9).Select(i => $"line {i}\u001b[31m\n"));
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => RunAsync(new FakeRunner { Output = output, ExitCode = 1, Errors = errors }));

        Assert.Equal("Zoom.Source.CommandFailed", error.ErrorId);
        Assert.Contains(
            "ended with exit code 1, and gave no table of people. It says: line 1[U+001B][31m / line 2[U+001B][31m / line 3[U+001B][31m …",
            error.Message);
        Assert.DoesNotContain("\u001b", error.Message, StringComparison.Ordinal);
        // Where it wrote something, what is wrong with that is kept for whoever looks into it.
        Assert.Equal(output.Length == 0, error.InnerException is null);
    }

    [Fact]
    public async Task A_program_that_fails_without_a_word_is_told_without_one()
    {
        var error = await Assert.ThrowsAsync<ScimRecordException>(() => RunAsync(new FakeRunner { ExitCode = 1 }));
        Assert.Equal(
            "The command 'hr', which the rule names as its source (source.command), ended with exit code 1, and gave no table of people. Nothing was sent.",
            error.Message);
    }

    [Fact]
    public async Task That_a_program_failed_says_more_than_that_its_output_breaks_off()
    {
        var source = await RunAsync(new FakeRunner { Output = Table + "carl@exam", ExitCode = 3 });
        Assert.Equal(
            "The command 'hr', which writes it (source.command), ended with exit code 3.",
            source.Snapshot(new ProvisioningRule("r"), MappingPlace.Rule).Incomplete);
    }

    [Fact]
    public async Task A_file_nobody_lets_this_read_is_told_with_why()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder.csv"));
        using var held = new FileStream(Path.Combine(_folder, "held.csv"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        async Task<string?> Category(string csv) =>
            (await Assert.ThrowsAsync<ScimRecordException>(() => ReadAsync(RuleReader.Read(Rule(("csv", csv))), new FakeRunner()))).Category;

        Assert.Equal("PermissionDenied", await Category("folder.csv"));
        Assert.Equal("OpenError", await Category("held.csv"));
        Assert.Equal("ObjectNotFound", await Category("none.csv"));
        Assert.Equal("ObjectNotFound", await Category(Path.Combine("none", "people.csv")));
    }

    [Fact]
    public void A_rule_names_a_file_a_program_or_neither()
    {
        Assert.True(OwnSource.IsNamedBy(RuleReader.Read(Rule(("csv", "people.csv")))));
        Assert.True(OwnSource.IsNamedBy(RuleReader.Read(Rule(("command", new object?[] { "hr" })))));
        Assert.False(OwnSource.IsNamedBy(RuleReader.Read(Rule(("ldap", "ldaps://dc1/DC=x")))));
        Assert.False(OwnSource.IsNamedBy(new ProvisioningRule("r")));
    }

    [Fact]
    public void Two_commands_are_the_same_where_all_of_them_is()
    {
        CommandSettings Of(params string[] run) => new(run) { Encoding = "utf-8", TimeLimit = TimeSpan.FromSeconds(1) };
        Assert.True(Of("a", "b").Equals(Of("a", "b")));
        Assert.Equal(Of("a", "b").GetHashCode(), Of("a", "b").GetHashCode());
        Assert.Equal(Of().GetHashCode(), Of().GetHashCode());
        Assert.False(Of("a", "b").Equals(Of("a")));
        Assert.False(Of("a").Equals(Of("a") with { Encoding = null }));
        Assert.False(Of("a").Equals(Of("a") with { TimeLimit = TimeSpan.FromSeconds(2) }));
        Assert.False(Of("a").Equals((CommandSettings?)null));
        var shortest = RuleReader.Read(Rule(("command", T(("run", new object?[] { "hr" }), ("timeLimitSeconds", 1)))));
        Assert.Equal(TimeSpan.FromSeconds(1), shortest.Source.Command!.TimeLimit);
    }

    [Fact]
    public async Task A_program_that_writes_nothing_is_no_source() =>
        Assert.Equal("Zoom.Source.Empty", (await Assert.ThrowsAsync<ScimRecordException>(() => RunAsync(new FakeRunner()))).ErrorId);

    private sealed class FakeRunner : IProgramRunner
    {
        public string Output { get; init; } = string.Empty;

        public string Errors { get; init; } = string.Empty;

        public int? ExitCode { get; init; } = 0;

        public ProgramRequest? Request { get; private set; }

        public Task<ProgramResult> RunAsync(ProgramRequest request, CancellationToken stop)
        {
            Request = request;
            return Task.FromResult(new ProgramResult(new MemoryStream(new UTF8Encoding(false).GetBytes(Output)), Errors, ExitCode));
        }
    }
}
