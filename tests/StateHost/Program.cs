using System;
using System.Globalization;
using System.Threading.Tasks;
using ZoomProvisioning.Engine;
using ZoomProvisioning.State;

namespace ZoomProvisioning.StateHost;

/// <summary>Arguments: hold or write, and the folder. Ends when its input ends, or when it is killed.</summary>
internal static class Program
{
    private const int Writers = 16;

    private static int Main(string[] arguments)
    {
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
}
