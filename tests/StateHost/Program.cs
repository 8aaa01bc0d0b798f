using System;
using System.Globalization;
using System.Threading.Tasks;
using ZoomProvisioning.Engine;
using ZoomProvisioning.State;

namespace ZoomProvisioning.StateHost;

/// <summary>Arguments: hold, write or direct, and the folder. Ends when its input ends, or when it is killed.</summary>
internal static class Program
{
    private const int Writers = 16;
    private const int DirectEntries = 60;

    private static int Main(string[] arguments)
    {
        if (arguments[0] == "direct")
        {
            AddDirect(arguments[1]);
            return 0;
        }

        using var state = new StateFactory().Open(arguments[1], "account1", "rule1");
        Console.WriteLine("open");
        if (arguments[0] == "write")
        {
            Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, _ =>
            {
                while (true)
                {
                    var written = state.Append(new JournalEntry(JournalKind.NotDone) { UserName = "jill@example.com", Message = new string('x', 300) });

                    // Whoever reads this may rely on the line.
                    Console.WriteLine(written.Number.ToString(CultureInfo.InvariantCulture));
                }
            });
        }

        Console.In.ReadToEnd();
        return 0;
    }

    /// <summary>Adds to a journal that others add to at the same time.</summary>
    private static void AddDirect(string folder)
    {
        var journal = new StateFactory().OpenDirect(folder, "account1");
        Console.WriteLine("open");
        Console.In.ReadLine();
        Parallel.For(0, DirectEntries, new ParallelOptions { MaxDegreeOfParallelism = Writers }, i =>
            journal.Append(new JournalEntry(JournalKind.Intent) { RunId = "other", UserName = $"user{i}@example.com" }));
        Console.WriteLine("done");
        Console.In.ReadToEnd();
    }
}
