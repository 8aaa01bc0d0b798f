using System;
using System.IO;
using System.Reflection;

namespace ZoomProvisioning.DesktopSmoke;

/// <summary>
/// <c>DesktopSmoke MODULE</c> goes through the module's own loader. <c>DesktopSmoke MODULE SCRATCH</c> lays the module out anew
/// with the engine in another folder than its packages, so that the runtime cannot find them by itself (Mono looks into the
/// folder of whoever asks) and the module's resolver is really asked.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var module = args.Length > 1 ? SplitModule.LayOut(args[0], args[1]) : args[0];
        var root = Assembly.LoadFrom(Path.Combine(module, "ZoomProvisioning.dll"));
        var core = Assembly.LoadFrom(Path.Combine(module, "ZoomProvisioning.Core.dll"));
        var factories = args.Length > 1 ? SplitModule.Hook(module, root, core) : Staged(root);

        // For this program itself, which is no part of the module, after the module's own handler.
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => new AssemblyName(request.Name).Name == core.GetName().Name ? core : null;
        Conversation.Hold(factories.Engine(), factories.Simulator());
        return 0;
    }

    private static (Func<object> Engine, Func<object> Simulator) Staged(Assembly root)
    {
        var loader = root.GetType("ZoomProvisioning.Loading.EngineLoader", throwOnError: true);
        loader.GetMethod("Prepare")!.Invoke(null, null);
        return (() => loader.GetProperty("Engine")!.GetValue(null), () => loader.GetProperty("Simulator")!.GetValue(null));
    }
}
