using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>Signing in with the ticket of whoever runs the program, over LDAPS and over StartTLS.</summary>
[Collection(DomainTests.Name)]
public sealed class KerberosTests(DomainController domain) : IDisposable
{
    private readonly DirectoryScene _scene = new(domain);

    public void Dispose() => _scene.Dispose();

    [DomainFact]
    public async Task A_ticket_is_enough_and_without_one_it_is_said_what_to_do()
    {
        if (ServerProcess.Missing("kinit") is { Count: > 0 })
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            return;
        }

        // The name by which the test reaches the domain controller, which has no name in any DNS.
        await domain.ChangeAsync($"dn: CN=DC1,OU=Domain Controllers,{DomainPeople.Domain}\nchangetype: modify\nadd: "
            + $"servicePrincipalName\nservicePrincipalName: ldap/{DomainController.Address}\n-\n");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KRB5_CONFIG"] = domain.KerberosConfiguration,
            ["KRB5CCNAME"] = _scene.File_("tickets"),
        };
        string[] plan =
        [
            "plan",
            "--simulate",
            "--source",
            $"ldaps://{DomainController.Address}/OU=Contractors,{DomainPeople.Domain}",
            "--ldap-certificate",
            domain.Certificate,
        ];

        var without = await CliProcess.RunAsync(environment, plan);
        Assert.Equal(5, without.Exit);
        Assert.Contains("There is no Kerberos ticket", without.Error, StringComparison.Ordinal);
        Assert.Contains("kinit", without.Error, StringComparison.Ordinal);

        await GetTicketAsync(environment);
        var with = await CliProcess.RunAsync(environment, plan);
        Assert.Equal((2, ""), (with.Exit, with.Error.Contains("Error", StringComparison.Ordinal) ? with.Error : ""));
        Assert.Contains("20 to create", with.Output, StringComparison.Ordinal);

        var startTls = await CliProcess.RunAsync(
            environment,
            [.. plan[..3], $"ldap://{DomainController.Address}/OU=Contractors,{DomainPeople.Domain}????!StartTLS", .. plan[4..]]);
        Assert.Contains("20 to create", startTls.Output, StringComparison.Ordinal);
    }

    private static async Task GetTicketAsync(Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("kinit", "reader@EXAMPLE.TEST")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(DomainPeople.Password);
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }
}
