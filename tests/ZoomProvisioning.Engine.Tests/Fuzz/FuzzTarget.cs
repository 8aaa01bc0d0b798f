#if !NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>Something that reads texts from outside.</summary>
/// <param name="Name">What it is called, as its folder in tests/Fuzz.</param>
/// <param name="Rounds">How many inputs are tried where nobody asks for more.</param>
/// <param name="Beginnings">Good inputs, to begin from.</param>
/// <param name="Read">Reads one. It may refuse by the exceptions of its own, and by no others.</param>
/// <param name="Refusals">Those exceptions.</param>
internal sealed record FuzzTarget(string Name, int Rounds, Func<IEnumerable<byte[]>> Beginnings, Action<byte[]> Read, params Type[] Refusals)
{
    /// <summary>The folder of what was ever found, a file an input.</summary>
    public string Folder { get; } = Path.Combine(RepositoryFolder("tests"), "Fuzz", Name);

    /// <summary>What was ever found, by the names of the files.</summary>
    public IReadOnlyList<(string Name, byte[] Input)> Found() => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))]
        : [];

    /// <summary>Keeps an input that was found.</summary>
    public string Keep(byte[] input, int seed)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, $"found-{seed}.txt");
        File.WriteAllBytes(file, input);
        return file;
    }

    public override string ToString() => Name;

    /// <summary>A folder of the repository that this assembly was built in.</summary>
    public static string RepositoryFolder(string name)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ZoomProvisioning.sln")))
            {
                return Path.Combine(folder, name);
            }
        }

        throw new DirectoryNotFoundException("The repository is not above this assembly.");
    }
}
#endif
