#if !NETFRAMEWORK
using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>
/// Texts that nobody would write: whatever comes, it is read, or refused by an exception of the reader's own, in time and in little
/// memory. What is found is kept in tests/Fuzz, and tried first ever after.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long MostBytes = 500L << 20;

    // Where nobody asked for more the machine may be busy with everything else.
    private static readonly TimeSpan Patience = FuzzBudget.IsLong ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(2);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_read_is_read_or_refused(string name)
    {
        var target = FuzzTargets.All.Single(t => t.Name == name);
        var beginnings = target.Beginnings().ToList();
        foreach (var (file, input) in target.Found())
        {
            Assert.True(Trouble(target, input) is null, $"{file}: {Trouble(target, input)}");
            beginnings.Add(input);
        }

        var (rounds, refused) = (0, 0);
        foreach (var seed in new FuzzBudget(target.Rounds, FuzzTargets.All.Count).Seeds())
        {
            var random = new Random(seed);
            var input = TextMutation.OfText(random, beginnings[random.Next(beginnings.Count)], beginnings[random.Next(beginnings.Count)]);
            if (Trouble(target, input, () => refused++) is { } trouble)
            {
                var kept = FuzzBudget.IsLong ? $"; kept as {target.Keep(input, seed)}" : string.Empty;
                Assert.Fail($"seed {seed}: {trouble}{Environment.NewLine}{VisibleText.OneLine(Encoding.UTF8.GetString(input), 1500)}{kept}");
            }

            rounds++;
        }

        output.WriteLine($"{name}: {rounds} inputs, {refused} of them refused");
    }

    /// <summary>What is wrong with the reading of an input; null when nothing is.</summary>
    private static string? Trouble(FuzzTarget target, byte[] input, Action? onRefusal = null)
    {
        var reading = Task.Factory.StartNew(() => ReadOne(target, input, onRefusal), TaskCreationOptions.LongRunning);
        return reading.Wait(Patience) ? reading.Result : $"it took more than {Patience.TotalSeconds} seconds";
    }

    private static string? ReadOne(FuzzTarget target, byte[] input, Action? onRefusal)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
        }
        catch (Exception exception) when (target.Refusals.Any(r => r.IsInstanceOfType(exception)))
        {
            onRefusal?.Invoke();
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }

        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        return taken > MostBytes ? $"it took {taken >> 20} MB" : null;
    }
}
#endif
