using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>A connection that is signed in.</summary>
internal sealed class LdapSession : IDirectoryConnection
{
    private const string WhoAmI = "1.3.6.1.4.1.4203.1.11.3";

    private static readonly string[] RootAttributes =
        ["namingContexts", "defaultNamingContext", "rootDomainNamingContext", "schemaNamingContext", "subschemaSubentry",
         "supportedCapabilities", "supportedExtension", "supportedControl", "vendorName", "dnsHostName"];

    private readonly LdapConnection _connection;

    public LdapSession(LdapConnection connection, DirectoryServer server, DirectoryOptions options, CancellationToken stop)
    {
        _connection = connection;
        Server = server;
        var root = new List<DirectoryEntry>();
        Search(new DirectorySearch(string.Empty, DirectoryScope.Base, "(objectClass=*)", RootAttributes) { TimeLimit = options.Patience }, root.Add, stop);
        Root = root.FirstOrDefault() ?? new DirectoryEntry(string.Empty, new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.OrdinalIgnoreCase));
        RefuseNobody(options);
    }

    /// <inheritdoc/>
    public DirectoryServer Server { get; }

    /// <inheritdoc/>
    public DirectoryEntry Root { get; }

    /// <inheritdoc/>
    public DirectoryEnd Search(DirectorySearch search, Action<DirectoryEntry> found, CancellationToken stop)
    {
        var clock = SystemClock.Instance;
        var startedAt = clock.Elapsed;
        var referrals = new List<string>();
        var count = 0;
        var request = new SearchRequest(search.Base, search.Filter, ScopeOf(search.Scope), [.. search.Attributes]) { Aliases = DereferenceAlias.Never };
        var page = new PageResultRequestControl(search.PageSize) { IsCritical = false };
        if (search.Scope != DirectoryScope.Base)
        {
            request.Controls.Add(page);
        }

        while (true)
        {
            try
            {
                stop.ThrowIfCancellationRequested();
                var left = search.TimeLimit - (clock.Elapsed - startedAt);
                if (left <= TimeSpan.Zero)
                {
                    throw new TimeoutException();
                }

                request.TimeLimit = TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds));
                var response = Waiting.For(() => (SearchResponse)_connection.SendRequest(request, left), left, stop);
                // .NET takes a referral for a success.
                if (response.ResultCode is ResultCode.Referral or ResultCode.ReferralV2)
                {
                    throw SearchErrors.Elsewhere(response, Server, search);
                }

                count += Take(response, search, found, referrals, stop);
                var cookie = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie;
                if (cookie is not { Length: > 0 })
                {
                    return new DirectoryEnd(null, referrals);
                }

                page.Cookie = cookie;
            }
            catch (Exception exception) when (exception is DirectoryException or LdapException or TimeoutException)
            {
                // What came before a limit is there, and belongs to what was read.
                count += exception is DirectoryOperationException { Response: SearchResponse partial } ? Take(partial, search, found, referrals, stop) : 0;
                var error = SearchErrors.Of(exception, Server, search);
                return count > 0 ? new DirectoryEnd(error, referrals) : throw error;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private int Take(SearchResponse response, DirectorySearch search, Action<DirectoryEntry> found, List<string> referrals, CancellationToken stop)
    {
        foreach (var reference in response.References.Cast<SearchResultReference>())
        {
            referrals.AddRange(reference.Reference.Select(r => VisibleText.OneLine(r.OriginalString, 300)));
        }

        foreach (var entry in response.Entries.Cast<SearchResultEntry>())
        {
            found(Read(entry, search, stop));
        }

        return response.Entries.Count;
    }

    private DirectoryEntry Read(SearchResultEntry entry, DirectorySearch search, CancellationToken stop)
    {
        var attributes = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in entry.Attributes.Values.Cast<DirectoryAttribute>())
        {
            var parts = attribute.Name.Split(';');
            var values = ValuesOf(attribute);
            if (Array.Find(parts, p => p.StartsWith("range=", StringComparison.OrdinalIgnoreCase)) is { } range)
            {
                values.AddRange(Rest(entry.DistinguishedName, parts[0], range, search, stop));
            }

            // Other options, such as ;lang-de, are no part of the name.
            attributes[parts[0]] = attributes.TryGetValue(parts[0], out var before) ? [.. before, .. values] : values;
        }

        return new DirectoryEntry(entry.DistinguishedName, attributes);
    }

    /// <summary>The values behind those that a server gives at once, such as the members of a group of thousands.</summary>
    private IEnumerable<byte[]> Rest(string name, string attribute, string range, DirectorySearch search, CancellationToken stop)
    {
        while (range.Split('-') is [_, { } end] && int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            stop.ThrowIfCancellationRequested();
            var request = new SearchRequest(name, "(objectClass=*)", SearchScope.Base, FormattableString.Invariant($"{attribute};range={last + 1}-*"));
            var response = Waiting.For(() => (SearchResponse)_connection.SendRequest(request, search.TimeLimit), search.TimeLimit, stop);
            var more = response.Entries.Cast<SearchResultEntry>().SelectMany(e => e.Attributes.Values.Cast<DirectoryAttribute>())
                .FirstOrDefault(a => a.Name.StartsWith(attribute + ";range=", StringComparison.OrdinalIgnoreCase));
            if (more is null)
            {
                yield break;
            }

            foreach (var value in ValuesOf(more))
            {
                yield return value;
            }

            range = more.Name.Substring(attribute.Length + 1);
        }
    }

    private static List<byte[]> ValuesOf(DirectoryAttribute attribute) => [.. attribute.GetValues(typeof(byte[])).Cast<byte[]>()];

    private static SearchScope ScopeOf(DirectoryScope scope) => scope switch
    {
        DirectoryScope.Base => SearchScope.Base,
        DirectoryScope.OneLevel => SearchScope.OneLevel,
        _ => SearchScope.Subtree,
    };

    /// <summary>Some servers take a wrong sign-in for one of nobody. Where they can be asked, they are.</summary>
    private void RefuseNobody(DirectoryOptions options)
    {
        if (options.Method == DirectoryBindMethod.Anonymous
            || !Root.Attributes.TryGetValue("supportedExtension", out var extensions) || !extensions.Any(e => Encoding.UTF8.GetString(e) == WhoAmI))
        {
            return;
        }

        try
        {
            var reply = (ExtendedResponse)_connection.SendRequest(new ExtendedRequest(WhoAmI));
            if (reply.ResponseValue is not { Length: > 0 })
            {
                throw DirectoryErrors.Anonymous(Server);
            }
        }
        catch (DirectoryOperationException)
        {
            // Not everybody may ask who they are.
        }
    }
}
