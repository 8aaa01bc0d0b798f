using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Tests.Ldap;

/// <summary>A directory in memory: it finds entries by base and scope, and by the few filters that the reader itself makes.</summary>
internal sealed class MemoryDirectory : IDirectory
{
    private readonly Dictionary<string, Dictionary<string, string[]>> _entries = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string[]> Root { get; } = new(StringComparer.OrdinalIgnoreCase) { ["namingContexts"] = ["dc=example,dc=org"] };

    /// <summary>What connecting to a server throws, by its host.</summary>
    public Dictionary<string, ScimException> Closed { get; } = [];

    /// <summary>After how many entries a search on a server ends early, by its host, and why.</summary>
    public Dictionary<string, (int After, ScimException Error)> Broken { get; } = [];

    public List<string> Referrals { get; } = [];

    public List<string> Asked { get; } = [];

    public List<DirectorySearch> Searches { get; } = [];

    public MemoryDirectory Add(string name, params (string Attribute, string Value)[] attributes)
    {
        _entries[name] = attributes.GroupBy(a => a.Attribute, StringComparer.OrdinalIgnoreCase).ToDictionary(
            g => g.Key, g => g.Select(a => a.Value).ToArray(), StringComparer.OrdinalIgnoreCase);
        return this;
    }

    public IDirectoryConnection Connect(DirectoryServer server, DirectoryOptions options, CancellationToken stop)
    {
        Asked.Add(server.Host);
        return Closed.TryGetValue(server.Host, out var error) ? throw error : new Connection(this, server);
    }

    public IReadOnlyList<ConnectionTestStep> Test(DirectoryServer server, DirectoryOptions options, CancellationToken stop) =>
        throw new NotSupportedException();

    private static DirectoryEntry Entry(string name, Dictionary<string, string[]> attributes, IReadOnlyList<string>? asked) => new(
        name,
        attributes.Where(a => asked is null || asked.Contains(a.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(a => a.Key, a => (IReadOnlyList<byte[]>)[.. a.Value.Select(Encoding.UTF8.GetBytes)], StringComparer.OrdinalIgnoreCase));

    private sealed class Connection(MemoryDirectory directory, DirectoryServer server) : IDirectoryConnection
    {
        public DirectoryServer Server => server;

        public DirectoryEntry Root => Entry(string.Empty, directory.Root, null);

        public DirectoryEnd Search(DirectorySearch search, Action<DirectoryEntry> found, CancellationToken stop)
        {
            directory.Searches.Add(search);
            if (search.Scope == DirectoryScope.Base && !directory._entries.Keys.Any(n => DistinguishedName.KeyOf(n) == DistinguishedName.KeyOf(search.Base)))
            {
                throw LdapFaults.Base(search.Base, server);
            }

            var isPeople = search.Filter.Contains("inetOrgPerson", StringComparison.Ordinal);
            var number = 0;
            foreach (var entry in directory._entries.Where(e => Fits(search, e.Key, e.Value)))
            {
                if (isPeople && directory.Broken.TryGetValue(server.Host, out var broken) && number == broken.After)
                {
                    return number == 0 ? throw broken.Error : new DirectoryEnd(broken.Error, []);
                }

                number++;
                found(Entry(entry.Key, entry.Value, search.Attributes));
            }

            return new DirectoryEnd(null, isPeople ? directory.Referrals : []);
        }

        public void Dispose()
        {
        }

        private static bool Fits(DirectorySearch search, string name, Dictionary<string, string[]> attributes)
        {
            bool Asks(string what) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(search.Filter, what, CompareOptions.OrdinalIgnoreCase) >= 0;
            bool Has(string attribute, Func<string, bool> fits) => attributes.TryGetValue(attribute, out var values) && values.Any(fits);
            return (search.Scope == DirectoryScope.Base
                    ? DistinguishedName.KeyOf(name) == DistinguishedName.KeyOf(search.Base)
                    : DistinguishedName.IsBelow(name, search.Base))
                && (search.Filter == LdapFilter.Everything || Has("objectClass", c => Asks($"objectClass={c})")))
                && (!Asks("(cn=") || Has("cn", c => Asks($"(cn={c})")));
        }
    }
}
