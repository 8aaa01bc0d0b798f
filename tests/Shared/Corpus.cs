#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZoomProvisioning.Tests;

/// <summary>The files and objects of tests/Corpus, as people really have them, with the right outcome for each person.</summary>
public sealed class CorpusCase
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Who is wanted active.</summary>
    public string[] Active { get; set; } = [];

    /// <summary>Who is wanted inactive.</summary>
    public string[] Inactive { get; set; } = [];

    /// <summary>Which records cannot be used, by address or by line; a record that is only counted is called so.</summary>
    public string[] Refused { get; set; } = [];

    /// <summary>What is wrong with the whole; null when it can be read.</summary>
    public string? Fault { get; set; }

    /// <summary>Whether it ends in the middle of a line.</summary>
    public bool Unfinished { get; set; }

    /// <summary>Whether records of it are about one person.</summary>
    public bool Duplicates { get; set; }

    /// <summary>What is told about the whole.</summary>
    public string[] Told { get; set; } = [];

    /// <summary>Values that must be there, by person and attribute.</summary>
    public Dictionary<string, Dictionary<string, string>> Values { get; set; } = [];

    /// <summary>Attributes that must not be set, by person.</summary>
    public Dictionary<string, string[]> Absent { get; set; } = [];

    /// <summary>The folder of all cases.</summary>
    public static string Root { get; } = Find();

    /// <summary>The cases with a file, by the names of their folders.</summary>
    public static IEnumerable<string> Files => Directory.GetDirectories(Root).Where(d => PeopleIn(d) is not null).Select(d => Path.GetFileName(d)!).Order();

    /// <summary>The file of a case.</summary>
    public static string FileOf(string name) => PeopleIn(Path.Combine(Root, name))!;

    /// <summary>What a case expects.</summary>
    public static CorpusCase Load(string name) => JsonSerializer.Deserialize<CorpusCase>(File.ReadAllText(Path.Combine(Root, name, "expected.json")), Options)!;

    private static string? PeopleIn(string folder) => Directory.GetFiles(folder, "people.*").SingleOrDefault();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, "tests", "Corpus")))
            {
                return Path.Combine(folder, "tests", "Corpus");
            }
        }

        throw new DirectoryNotFoundException("tests/Corpus is not above this assembly.");
    }
}
#endif
