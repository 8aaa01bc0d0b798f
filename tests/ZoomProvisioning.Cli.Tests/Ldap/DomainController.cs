using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>A real Active Directory domain controller, Samba's, on this machine alone.</summary>
public sealed class DomainController : IAsyncLifetime
{
    public const string Address = "127.0.7.1";
    public const string Reader = "reader@example.test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-domain-");
    private readonly Authority _authority = new("Example Test Authority");
    private ServerProcess? _server;

    /// <summary>What a machine lacks for it, as a sentence; null when nothing.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() ? "Needs Linux, for Samba's domain controller."
        : !Environment.IsPrivilegedProcess ? "Needs root: a domain controller has the ports it has."
        : ServerProcess.Missing("samba", "samba-tool", "ldbmodify") is { Count: > 0 } programs
            ? $"Needs a Samba domain controller ({string.Join(", ", programs)} missing): apt-get install samba-ad-dc samba-ad-provision "
                + "samba-dsdb-modules samba-vfs-modules winbind ldb-tools."
        : !Environment.IsPrivilegedProcess ? "Needs root, for the ports of a domain controller."
        : null;

    /// <summary>The authority that signed its certificate.</summary>
    public string Certificate => Path.Combine(_folder.FullName, "tls", "ca.pem");

    /// <summary>A file with the password of the account that reads.</summary>
    public string PasswordFile => Path.Combine(_folder.FullName, "password");

    /// <summary>Where Kerberos is configured.</summary>
    public string KerberosConfiguration => Path.Combine(_folder.FullName, "client.conf");

    internal Authority Authority => _authority;

    public static IPEndPoint Ldap { get; } = new(IPAddress.Parse(Address), 389);

    public static IPEndPoint Ldaps { get; } = new(IPAddress.Parse(Address), 636);

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _authority.WriteTo(Path.Combine(_folder.FullName, "tls"), "dc1.example.test", Address);
        await File.WriteAllTextAsync(PasswordFile, DomainPeople.Password + "\n");
        await File.WriteAllTextAsync(KerberosConfiguration, $$"""
            [libdefaults]
             default_realm = EXAMPLE.TEST
             dns_lookup_kdc = false
             dns_lookup_realm = false
             dns_canonicalize_hostname = false
             rdns = false
            [realms]
             EXAMPLE.TEST = {
              kdc = {{Address}}:88
             }
            """);
        _server = await ServerProcess.StartAsync("samba.sh", DomainPeople.Ldif(), Address, 636, _folder.FullName, Address);
    }

    public Task DisposeAsync()
    {
        _server?.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Changes the domain, as an admin does with its tools.</summary>
    internal Task ChangeAsync(string ldif, params string[] options) => ToolAsync("ldbmodify", ldif, options);

    /// <summary>The key by which the domain knows an entry.</summary>
    internal async Task<string> GuidOfAsync(string name) =>
        Regex.Match(await ToolAsync("ldbsearch", string.Empty, "-b", name, "-s", "base", "objectGUID"), "objectGUID: (\\S+)").Groups[1].Value;

    private async Task<string> ToolAsync(string tool, string input, params string[] options)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-H", Path.Combine(_folder.FullName, "private", "sam.ldb") }.Concat(options))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input.TrimEnd() + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output}{await error}\n{input}");
        return await output;
    }
}

[CollectionDefinition(Name)]
public sealed class DomainTests : ICollectionFixture<DomainController>
{
    public const string Name = "domain controller";
}

/// <summary>A test against a real domain controller. Where one cannot be had it is skipped and says why; in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DomainFactAttribute : FactAttribute
{
    public DomainFactAttribute() => Skip = OnlyElsewhere(DomainController.Missing);

    internal static string? OnlyElsewhere(string? missing) => Environment.GetEnvironmentVariable("CI") == "true" ? null : missing;
}

/// <summary>A test with cases against a real domain controller.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DomainTheoryAttribute : TheoryAttribute
{
    public DomainTheoryAttribute() => Skip = DomainFactAttribute.OnlyElsewhere(DomainController.Missing);
}
