using System;
using System.Collections.Generic;
using System.IO;
using ZoomProvisioning.Help;

const string usage = """
    Makes the module's help. Usage: dotnet run --project src/ZoomProvisioning.Help -- build|check|refresh

      refresh  brings src/help/*.md in step with the compiled cmdlets; begins pages that are missing
      build    makes en-US/ZoomProvisioning.dll-Help.xml of the pages
      check    says what is not as it should be, and changes nothing
    """;

try
{
    var help = HelpFiles.Above(Directory.GetCurrentDirectory());
    switch (args)
    {
        case ["refresh"]:
            foreach (var (name, page) in help.RefreshPages())
            {
                WriteIfNew(Path.Combine(help.PagesFolder, name + ".md"), page);
            }

            return 0;
        case ["build"]:
            WriteIfNew(help.MamlPath, help.BuildMaml());
            return 0;
        case ["check"]:
            return Report(help.Check());
        default:
            Console.Error.WriteLine(usage);
            return 1;
    }
}
catch (Exception exception) when (exception is FormatException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void WriteIfNew(string path, string text)
{
    if (!File.Exists(path) || File.ReadAllText(path) != text)
    {
        File.WriteAllText(path, text);
        Console.WriteLine($"Written: {path}");
    }
}

static int Report(IReadOnlyList<string> faults)
{
    foreach (var fault in faults)
    {
        Console.Error.WriteLine(fault);
    }

    return faults.Count == 0 ? 0 : 1;
}
