using System;
using System.IO;
using System.Reflection;
using System.Threading;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Loading;

/// <summary>
/// Loads the engine and the simulator where PowerShell and other modules cannot see them and their packages: into a load
/// context of their own on PowerShell 7, by a narrow assembly resolver on Windows PowerShell, which has no load contexts.
/// Once a process, whatever is imported again.
/// </summary>
internal static class EngineLoader
{
    private static readonly string ModuleFolder = Path.GetDirectoryName(typeof(EngineLoader).Assembly.Location)!;

    private static readonly Lazy<Func<string, Assembly>> Load = new(MakeLoader, LazyThreadSafetyMode.ExecutionAndPublication);

    private static readonly Lazy<IEngineFactory> LazyEngine =
        new(() => Create<IEngineFactory>("ZoomProvisioning.Engine", "ZoomProvisioning.Engine.EngineFactory"), LazyThreadSafetyMode.ExecutionAndPublication);

    private static readonly Lazy<ISimulatorFactory> LazySimulator =
        new(
            () => Create<ISimulatorFactory>("ZoomProvisioning.Simulator", "ZoomProvisioning.Simulator.SimulatorFactory"),
            LazyThreadSafetyMode.ExecutionAndPublication);

    private static readonly Lazy<IStateFactory> LazyState =
        new(() => Create<IStateFactory>("ZoomProvisioning.Engine", "ZoomProvisioning.Engine.StateFactory"), LazyThreadSafetyMode.ExecutionAndPublication);

    private static int _hooked;

    /// <summary>Makes clients of Zoom.</summary>
    public static IEngineFactory Engine => LazyEngine.Value;

    /// <summary>Makes simulated Zoom accounts.</summary>
    public static ISimulatorFactory Simulator => LazySimulator.Value;

    /// <summary>Reads and writes what rules are written in and what they keep on disk.</summary>
    public static IStateFactory State => LazyState.Value;

    // .NET Framework and Mono keep their types in mscorlib; Mono does not call itself .NET Framework, but loads as it does.
    internal static bool IsDesktop => typeof(object).Assembly.GetName().Name == "mscorlib";

    /// <summary>Installs the resolver on Windows PowerShell. Loads nothing.</summary>
    public static void Prepare()
    {
        if (IsDesktop && Interlocked.Exchange(ref _hooked, 1) == 0)
        {
            var resolver = new DesktopResolver(Path.Combine(ModuleFolder, "lib", "net472"), typeof(EngineOptions).Assembly);
            AppDomain.CurrentDomain.AssemblyResolve += (_, request) => resolver.Resolve(new AssemblyName(request.Name), request.RequestingAssembly);
        }
    }

    private static T Create<T>(string assembly, string type) =>
        (T)Activator.CreateInstance(Load.Value(assembly).GetType(type, throwOnError: true)!)!;

    private static Func<string, Assembly> MakeLoader()
    {
        if (IsDesktop)
        {
            Prepare();
            return name => Assembly.LoadFrom(Path.Combine(ModuleFolder, "lib", "net472", name + ".dll"));
        }

        // netstandard2.0 does not know load contexts, so they are reached by reflection: a plain one holds the loader
        // assembly, and the loader's own subclass holds the engine. Nothing of it enters PowerShell's context.
        var folder = Path.Combine(ModuleFolder, "lib", "net8.0");
        var contextType = Type.GetType("System.Runtime.Loader.AssemblyLoadContext, System.Runtime.Loader", throwOnError: true)!;
        var loadFromPath = contextType.GetMethod("LoadFromAssemblyPath", [typeof(string)])!;
        var bootstrap = Activator.CreateInstance(contextType, "ZoomProvisioning.Loader", false)!;
        var loader = (Assembly)loadFromPath.Invoke(bootstrap, [Path.Combine(folder, "ZoomProvisioning.Loader.dll")])!;
        var isolated = Activator.CreateInstance(
            loader.GetType("ZoomProvisioning.Loader.IsolatedLoadContext", throwOnError: true)!, folder, "ZoomProvisioning")!;
        return name => (Assembly)loadFromPath.Invoke(isolated, [Path.Combine(folder, name + ".dll")])!;
    }
}
