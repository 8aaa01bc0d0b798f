using System;
using System.IO;
using System.Reflection;

namespace ZoomProvisioning.DesktopSmoke;

/// <summary>The module with engine and simulator in folders of their own, away from their packages.</summary>
internal static class SplitModule
{
    public static string LayOut(string module, string scratch)
    {
        Copy(module, scratch, "ZoomProvisioning*.dll");
        Copy(Path.Combine(module, "lib", "net472"), Path.Combine(scratch, "lib", "net472"), "*.dll");
        foreach (var name in new[] { "ZoomProvisioning.Engine", "ZoomProvisioning.Simulator" })
        {
            Directory.CreateDirectory(Path.Combine(scratch, name));
            File.Move(Path.Combine(scratch, "lib", "net472", name + ".dll"), PathOf(scratch, name));
        }

        return scratch;
    }

    /// <summary>Installs the module's resolver with a witness; gives what makes engine and simulator.</summary>
    public static (Func<object> Engine, Func<object> Simulator) Hook(string module, Assembly root, Assembly core)
    {
        var type = root.GetType("ZoomProvisioning.Loading.DesktopResolver", throwOnError: true);
        var resolver = Activator.CreateInstance(type, Path.Combine(module, "lib", "net472"), core);
        var resolve = (Func<AssemblyName, Assembly?, Assembly?>)type.GetMethod("Resolve")!.CreateDelegate(
            typeof(Func<AssemblyName, Assembly?, Assembly?>), resolver);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            var wanted = new AssemblyName(request.Name);
            var answer = resolve(wanted, request.RequestingAssembly);
            Console.WriteLine($"asked {wanted.Name} {wanted.Version} by {request.RequestingAssembly?.GetName().Name ?? "unknown"}: "
                + $"{answer?.GetName().Version.ToString() ?? "not answered"}");
            return answer;
        };
        return (() => Create("ZoomProvisioning.Engine", "EngineFactory"), () => Create("ZoomProvisioning.Simulator", "SimulatorFactory"));

        object Create(string name, string factory) =>
            Activator.CreateInstance(Assembly.LoadFrom(PathOf(module, name)).GetType($"{name}.{factory}", throwOnError: true));
    }

    private static string PathOf(string module, string name) => Path.Combine(module, name, name + ".dll");

    private static void Copy(string from, string to, string pattern)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, pattern))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
