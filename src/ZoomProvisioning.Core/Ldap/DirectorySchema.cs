using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Ldap;

/// <summary>
/// Tells an attribute that nobody has a value of from one that does not exist: a server gives back neither, and only the second
/// is a mistake in the rule.
/// </summary>
internal sealed class DirectorySchema
{
    private static readonly Regex Names = new(@"\bNAME\s+(?:'([^']+)'|\(\s*((?:'[^']+'\s*)+)\))", RegexOptions.CultureInvariant);

    private readonly IDirectoryConnection _connection;
    private readonly CancellationToken _stop;

    public DirectorySchema(IDirectoryConnection connection, CancellationToken stop)
    {
        _connection = connection;
        _stop = stop;
    }

    /// <summary>The attributes that entries have, and those of the named ones that they could have.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="entries">What came back.</param>
    /// <param name="named">The properties that somebody named.</param>
    public IReadOnlyList<string> Known(IReadOnlyList<string> asked, IEnumerable<DirectoryEntry> entries, IReadOnlyList<string> named)
    {
        var given = new HashSet<string>(entries.SelectMany(e => e.Attributes.Keys), StringComparer.OrdinalIgnoreCase);
        bool IsNamed(string attribute) =>
            named.Any(n => MappingPreset.SameHeading(n, attribute) || PropertyNames.OtherNames(n).Any(o => MappingPreset.SameHeading(o, attribute)));
        var doubtful = asked.Where(a => !given.Contains(a) && IsNamed(a)).ToList();
        var known = doubtful.Count == 0 ? given : new HashSet<string>(given.Concat(Defined(doubtful)), StringComparer.OrdinalIgnoreCase);
        return [.. asked.Where(known.Contains)];
    }

    private List<string> Defined(List<string> attributes)
    {
        var found = new List<string>();
        if (DirectoryPreset.Text(_connection.Root, "schemaNamingContext") is { } schema)
        {
            var names = LdapFilter.Or(attributes.Select(a => $"(lDAPDisplayName={LdapFilter.Escape(a)})"));
            Try(
                new DirectorySearch(schema, DirectoryScope.OneLevel, LdapFilter.And("(objectClass=attributeSchema)", names), ["lDAPDisplayName"]),
                e => found.AddRange(DirectoryPreset.Texts(e, "lDAPDisplayName")));
        }
        else if (DirectoryPreset.Text(_connection.Root, "subschemaSubentry") is { } subschema)
        {
            Try(new DirectorySearch(subschema, DirectoryScope.Base, "(objectClass=subschema)", ["attributeTypes"]), e => found.AddRange(
                DirectoryPreset.Texts(e, "attributeTypes")
                    .SelectMany(t => Names.Matches(t).Cast<Match>())
                    .SelectMany(m => (m.Groups[1].Value + m.Groups[2].Value).Split('\'', ' '))
                    .Where(n => n.Length > 0)));
        }

        return found;
    }

    /// <summary>Whoever may not read the schema reads people all the same.</summary>
    private void Try(DirectorySearch search, Action<DirectoryEntry> found)
    {
        try
        {
            _connection.Search(search, found, _stop);
        }
        catch (ScimException)
        {
            // Then what nobody has is taken for what does not exist, as in a file.
        }
    }
}
