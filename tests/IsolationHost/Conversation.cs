using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Security;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.IsolationHost;

/// <summary>A few requests to a simulated account. Apart from the program, because Core must be loaded before this is compiled.</summary>
internal static class Conversation
{
    /// <summary>Takes engine and simulator from the module's own loader.</summary>
    public static int AsTheModule(Assembly root)
    {
        var loader = root.GetType("ZoomProvisioning.Loading.EngineLoader", throwOnError: true)!;
        return Talk((IEngineFactory)loader.GetProperty("Engine")!.GetValue(null)!, (ISimulatorFactory)loader.GetProperty("Simulator")!.GetValue(null)!);
    }

    /// <summary>Loads them into the default context, as a module without isolation would: shows that the decoys bite.</summary>
    public static int WithoutIsolation(string folder)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        return Talk(
            Create<IEngineFactory>("ZoomProvisioning.Engine", "EngineFactory"),
            Create<ISimulatorFactory>("ZoomProvisioning.Simulator", "SimulatorFactory"));

        T Create<T>(string assembly, string type) => (T)Activator.CreateInstance(
            AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, assembly + ".dll")).GetType($"{assembly}.{type}", throwOnError: true)!)!;
    }

    private static int Talk(IEngineFactory engine, ISimulatorFactory simulators)
    {
        using var simulator = simulators.Create(new SimulatorOptions { SeedUsers = 5, RatePlan = "none" });
        using var secret = new SecureString();
        foreach (var character in simulator.ClientSecret)
        {
            secret.AppendChar(character);
        }

        using var transport = simulator.CreateTransport();
        using var service = engine.Connect(new EngineOptions
        {
            ScimUri = simulator.ScimUri,
            TokenUri = simulator.TokenUri,
            AccountId = simulator.AccountId,
            ClientId = simulator.ClientId,
            ClientSecret = secret,
            Transport = transport,
        });
        return service.Users.ListAsync(1, 100, null, ScimCall.None).GetAwaiter().GetResult().Resources.Count;
    }
}
