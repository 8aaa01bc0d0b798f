using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Security;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Net8Host;

/// <summary>
/// Loads the engine as the module does and holds a real conversation over loopback. Argument: the folder with the engine, the
/// loader and their packages; without it, the folder <c>engine</c> beside this program. Exit code 0 means all went well.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            var folder = Path.GetFullPath(arguments.Length > 0 ? arguments[0] : Path.Combine(AppContext.BaseDirectory, "engine"));
            Console.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}");

            // By reflection throughout, as the root module must: it may refer to neither assembly.
            var loader = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folder, "ZoomProvisioning.Loader.dll"));
            var contextType = loader.GetType("ZoomProvisioning.Loader.IsolatedLoadContext", throwOnError: true)!;
            var context = (AssemblyLoadContext)Activator.CreateInstance(contextType, folder, "ZoomProvisioning")!;
            var engine = context.LoadFromAssemblyPath(Path.Combine(folder, "ZoomProvisioning.Engine.dll"));
            var factory = (IEngineFactory)Activator.CreateInstance(engine.GetType("ZoomProvisioning.Engine.EngineFactory", throwOnError: true)!)!;

            using var server = new LoopbackServer();
            using var secret = new SecureString();
            "secret".ToList().ForEach(secret.AppendChar);
            using var service = factory.Connect(new EngineOptions
            {
                ScimUri = new Uri(server.Address, "scim2"),
                TokenUri = new Uri(server.Address, "oauth/token"),
                AccountId = "account",
                ClientId = "client",
                ClientSecret = secret,
            });

            foreach (var step in await service.TestAsync(ScimCall.None))
            {
                Console.WriteLine($"step: {step}");
                if (step.Outcome != TestOutcome.Passed)
                {
                    throw new InvalidOperationException($"{step.Name} did not pass.");
                }
            }

            server.FailOnce();
            var user = await service.Users.GetAsync("a/b&c", ScimCall.None);
            Console.WriteLine($"user: {user.UserName} by {server.LastTarget}");
            if (server.LastTarget != "/scim2/Users/a%2Fb%26c" || server.Failures != 1)
            {
                throw new InvalidOperationException("The request did not arrive as it should.");
            }

            RequirePrivate(context, "System.Text.Json", "Polly.Core", "Microsoft.Extensions.Http");
            return 0;
        }
#pragma warning disable CA1031 // The test that starts this program reads what went wrong from its output.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(exception);
            return 1;
        }
    }

    /// <summary>The engine's packages must come from its own folder, and Core from the host's.</summary>
    private static void RequirePrivate(AssemblyLoadContext context, params string[] names)
    {
        var loaded = context.Assemblies.Select(a => a.GetName().Name).ToList();
        foreach (var name in names)
        {
            Console.WriteLine($"private: {name} {loaded.Contains(name)}");
            if (!loaded.Contains(name))
            {
                throw new InvalidOperationException($"{name} was not loaded from the engine's folder.");
            }
        }

        if (loaded.Contains(typeof(IEngineFactory).Assembly.GetName().Name))
        {
            throw new InvalidOperationException("Core was loaded a second time.");
        }
    }
}
