using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary><c>zoomprov simulate</c> from its command line to its end.</summary>
public class SimulateCommandTests
{
    [Fact]
    public async Task Json_is_exactly_one_line_with_fixed_names()
    {
        var (exit, output, error) = await RunAsync(_ => Task.CompletedTask, "simulate", "--json");
        Assert.Equal(0, exit);
        Assert.Equal("", error);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(output);
        Assert.Equal("{scimUri,tokenUri,accountId,clientId,clientSecret}", "{" + string.Join(',', Names(json.RootElement)) + "}");
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/scim2$", json.RootElement.GetProperty("scimUri").GetString()!);
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/oauth/token$", json.RootElement.GetProperty("tokenUri").GetString()!);
    }

    [Fact]
    public async Task People_get_the_variables_for_both_kinds_of_shell()
    {
        var (exit, output, _) = await RunAsync(_ => Task.CompletedTask, "simulate");
        Assert.Equal(0, exit);
        foreach (var name in new[] { "ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET", "ZOOM_SCIM_URI", "ZOOM_TOKEN_URI" })
        {
            Assert.Contains($"$env:{name} = '", output, StringComparison.Ordinal);
            Assert.Contains($"export {name}='", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Options_reach_the_simulator_and_the_state_is_saved_and_loaded()
    {
        var folder = Directory.CreateTempSubdirectory("zoomprov-test-");
        var file = Path.Combine(folder.FullName, "tenant.json");
        try
        {
            var (exit, _, error) = await RunAsync(
                async control =>
                {
                    var behaviour = await control.GetStringAsync(new Uri("/_simulator/behaviour", UriKind.Relative));
                    Assert.Contains("\"rate_plan\":\"pro\"", behaviour, StringComparison.Ordinal);
                    Assert.Contains("\"latency_ms\":20", behaviour, StringComparison.Ordinal);
                },
                "simulate", "--json", "--seed", "7", "--rate", "pro", "--latency", "20ms", "--domain", "corp.zone", "--domain",
                "other.zone", "--simulator-state", file);
            Assert.Equal("", error);
            Assert.Equal(0, exit);
            var saved = await File.ReadAllTextAsync(file);
            using var json = JsonDocument.Parse(saved);
            Assert.Equal(9, json.RootElement.GetProperty("users").GetArrayLength());
            Assert.Contains("corp.zone", saved, StringComparison.Ordinal);
            Assert.Contains("other.zone", saved, StringComparison.Ordinal);

            // A file that is there wins over --seed.
            await RunAsync(_ => Task.CompletedTask, "simulate", "--json", "--seed", "100", "--simulator-state", file);
            Assert.Equal(saved, await File.ReadAllTextAsync(file));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Behaviours_and_faults_can_be_given_again_and_again()
    {
        var (exit, _, error) = await RunAsync(
            async control =>
            {
                var behaviour = await control.GetStringAsync(new Uri("/_simulator/behaviour", UriKind.Relative));
                Assert.Contains("\"filter_quotes\":\"unquoted-only\"", behaviour, StringComparison.Ordinal);
                Assert.Contains("\"count_default\":10", behaviour, StringComparison.Ordinal);
                Assert.Contains("\"faults\":[{\"kind\":\"status\",\"status\":503,\"count\":2},{\"kind\":\"drop\"}]", behaviour, StringComparison.Ordinal);
            },
            "simulate", "--json", "--behaviour", "filter_quotes=unquoted-only", "--behaviour", "count_default=10",
            "--fault", "{\"kind\":\"status\",\"status\":503,\"count\":2}", "--fault", "{\"kind\":\"drop\"}");
        Assert.Equal("", error);
        Assert.Equal(0, exit);
    }

    [Theory]
    [InlineData("--behaviour", "filter_quotes", "NAME=VALUE")]
    [InlineData("--behaviour", "no_such=1", "filter_quotes")]
    [InlineData("--behaviour", "filter_quotes=sometimes", "unquoted-only")]
    [InlineData("--fault", "drop", "not JSON")]
    [InlineData("--fault", "{\"kind\":\"explode\"}", "token-revoked")]
    public async Task A_wrong_behaviour_or_fault_is_refused_before_anything_starts(string option, string value, string words)
    {
        var (exit, output, error) = await RunAsync(null, "simulate", "--json", option, value);
        Assert.NotEqual(0, exit);
        Assert.DoesNotContain("scimUri", output, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2s", "\"latency_ms\":2000")]
    [InlineData("1.5S", "\"latency_ms\":1500")]
    [InlineData("50", "\"latency_ms\":50")]
    public async Task Latency_is_written_in_several_ways(string latency, string expected)
    {
        var (exit, _, _) = await RunAsync(
            async control => Assert.Contains(
                expected, await control.GetStringAsync(new Uri("/_simulator/behaviour", UriKind.Relative)), StringComparison.Ordinal),
            "simulate", "--json", "--latency", latency);
        Assert.Equal(0, exit);
    }

    [Theory]
    [InlineData("--latency", "soon", "--latency")]
    [InlineData("--latency", "-5ms", "--latency")]
    [InlineData("--rate", "gold", "business")]
    [InlineData("--port", "70000", "65535")]
    [InlineData("--seed", "-1", "--seed")]
    public async Task A_wrong_option_is_an_error_that_helps(string option, string value, string words)
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        var exit = await Program.CreateRoot().Parse(["simulate", option, value]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        Assert.Equal(1, exit);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_and_a_broken_state_file_are_errors_without_a_stack()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (taken, _, portError) = await RunAsync(null, "simulate", "--port", port);
        Assert.Equal(1, taken);
        Assert.StartsWith("zoomprov simulate: ", portError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portError, StringComparison.Ordinal);

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "not json");
            var (broken, _, stateError) = await RunAsync(null, "simulate", "--simulator-state", file);
            Assert.Equal(1, broken);
            Assert.Contains("not JSON", stateError, StringComparison.Ordinal);
            Assert.Equal("not json", await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Runs a command, to its own end when there is nothing to look at; else, once it has
    // announced itself, looks at it through its control endpoints and stops it as Ctrl+C would.
    private static async Task<(int Exit, string Output, string Error)> RunAsync(Func<HttpClient, Task>? look, params string[] arguments)
    {
        using var output = new AnnouncedWriter();
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        var run = Program.CreateRoot().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, stop.Token);
        if (look is not null)
        {
            var first = await Task.WhenAny(run, output.Announced).WaitAsync(TimeSpan.FromMinutes(5));
            Assert.Same(output.Announced, first);
            var text = output.ToString();
            var start = text.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            using var control = new HttpClient { BaseAddress = new Uri(text[start..text.IndexOf("/scim2", start, StringComparison.Ordinal)]) };
            await look(control);
            await stop.CancelAsync();
        }

        return (await run.WaitAsync(TimeSpan.FromMinutes(5)), output.ToString(), error.ToString());
    }

    private static string[] Names(JsonElement json)
    {
        var names = new System.Collections.Generic.List<string>();
        foreach (var property in json.EnumerateObject())
        {
            names.Add(property.Name);
        }

        return [.. names];
    }

    /// <summary>A writer that tells when it was flushed, which the command does once it serves.</summary>
    private sealed class AnnouncedWriter : StringWriter
    {
        private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AnnouncedWriter()
            : base(System.Globalization.CultureInfo.InvariantCulture)
        {
        }

        public Task Announced => _announced.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _announced.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
