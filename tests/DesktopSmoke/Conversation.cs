using System;
using System.Linq;
using System.Security;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.DesktopSmoke;

/// <summary>A few requests to a simulated account. Apart from the program, because Core must be loaded before this is compiled.</summary>
internal static class Conversation
{
    public static void Hold(object engineFactory, object simulatorFactory)
    {
        var (engine, simulators) = ((IEngineFactory)engineFactory, (ISimulatorFactory)simulatorFactory);
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
        Console.WriteLine($"listed {Count(service)}");
        var wanted = new ScimUser { UserName = "desktop.smoke@example.com", Email = "desktop.smoke@example.com", GivenName = "Desktop", FamilyName = "Smoke" };
        var created = service.Users.CreateAsync(wanted.Attributes, ScimCall.None).GetAwaiter().GetResult();
        Console.WriteLine($"created {created.UserName}");
        Console.WriteLine($"listed {Count(service)}");
        foreach (var step in service.TestAsync(ScimCall.None).GetAwaiter().GetResult())
        {
            Console.WriteLine($"tested {step.Name}: {step.Outcome}");
        }

        var own = AppDomain.CurrentDomain.GetAssemblies()
            .Select(a => a.GetName().Name)
            .Where(n => n.StartsWith("ZoomProvisioning", StringComparison.Ordinal))
            .OrderBy(n => n, StringComparer.Ordinal);
        Console.WriteLine($"loaded {string.Join(" ", own)}");
    }

    private static int Count(IScimService service) => service.Users.ListAsync(1, 100, null, ScimCall.None).GetAwaiter().GetResult().TotalResults;
}
