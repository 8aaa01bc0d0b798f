using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using System.Text.Json;

namespace ZoomProvisioning.IsolationHost;

/// <summary>
/// <c>IsolationHost MODULE before|after|naive DECOY…</c>: loads the module as PowerShell does, has it talk to its simulator,
/// and prints as one JSON object what came of it and which assembly ended up in which load context.
/// </summary>
internal static class Program
{
    private static readonly Dictionary<string, string> Refused = [];

    private static int Main(string[] args)
    {
        var (module, order, decoys) = (args[0], args[1], args[2..]);
        if (order != "after")
        {
            Load(decoys);
        }

        AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(module, "ZoomProvisioning.Core.dll"));
        var root = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(module, "ZoomProvisioning.dll"));
        var outcome = "done";
        var users = 0;
        try
        {
            users = order == "naive" ? Conversation.WithoutIsolation(Path.Combine(module, "lib", "net8.0")) : Conversation.AsTheModule(root);
        }
        catch (Exception exception) when (order == "naive")
        {
            outcome = exception.GetBaseException().GetType().Name;
        }

        if (order == "after")
        {
            Load(decoys);
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(new { Outcome = outcome, Users = users, Refused, Loaded = Loaded() }));
        return 0;
    }

    private static void Load(string[] decoys)
    {
        foreach (var decoy in decoys)
        {
            try
            {
                AssemblyLoadContext.Default.LoadFromAssemblyPath(decoy);
            }
            catch (FileLoadException exception)
            {
                Refused[Path.GetFileNameWithoutExtension(decoy)] = exception.Message;
            }
        }
    }

    private static object[] Loaded() =>
    [
        .. from assembly in AppDomain.CurrentDomain.GetAssemblies()
           where !assembly.IsDynamic
           let name = assembly.GetName()
           select (object)new
           {
               name.Name,
               Version = name.Version?.ToString(),
               assembly.Location,
               Context = AssemblyLoadContext.GetLoadContext(assembly)?.Name,
           },
    ];
}
