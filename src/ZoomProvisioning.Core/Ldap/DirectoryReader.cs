using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Ldap;

/// <summary>
/// Reads all people of a directory. Servers are tried one after the other, each from the beginning; what none of them could read
/// to its end is given back as incomplete, so that nobody is taken for missing.
/// </summary>
internal sealed class DirectoryReader
{
    // The parts of a domain that every domain controller speaks of and nobody lives in.
    private static readonly string[] WithoutPeople = ["CN=CONFIGURATION,", "CN=SCHEMA,", "DC=DOMAINDNSZONES,", "DC=FORESTDNSZONES,"];

    private readonly IDirectory _directory;
    private readonly LdapSettings _settings;
    private readonly DirectoryOptions _options;
    private readonly DirectoryNeeds _needs;
    private readonly IClock _clock;

    public DirectoryReader(IDirectory directory, LdapSettings settings, DirectoryOptions options, DirectoryNeeds needs, IClock? clock = null)
    {
        _directory = directory;
        _settings = settings;
        _options = options;
        _needs = needs;
        _clock = clock ?? SystemClock.Instance;
    }

    /// <summary>Reads.</summary>
    /// <exception cref="ScimException">Nothing could be read.</exception>
    public DirectoryReading Read(CancellationToken stop)
    {
        var startedAt = _clock.Elapsed;
        TimeSpan Remaining() => _settings.TimeLimit - (_clock.Elapsed - startedAt);
        var failures = new List<(DirectoryServer Server, ScimException Error)>();
        DirectoryReading? partial = null;
        foreach (var server in _settings.Servers)
        {
            try
            {
                using var connection = _directory.Connect(server, _options, stop);
                var reading = ReadFrom(connection, Remaining, out var early, stop);
                if (early is null)
                {
                    return reading with { Notes = [.. failures.Select(f => $"{f.Server} was not used: {f.Error.Message}"), .. reading.Notes] };
                }

                partial = reading.Records.Count >= (partial?.Records.Count ?? 0) ? reading : partial;
                failures.Add((server, early));
                if (early is not ScimConnectionException)
                {
                    // A limit is the same on the next server.
                    break;
                }
            }
            catch (ScimConnectionException exception)
            {
                failures.Add((server, exception));
            }
        }

        return partial is { Records.Count: > 0 }
            ? partial with
            {
                Notes = [.. failures.Where(f => f.Server != partial.Server).Select(f => $"{f.Server} was not used: {f.Error.Message}"), .. partial.Notes],
            }
            : throw Together(failures);
    }

    private DirectoryReading ReadFrom(IDirectoryConnection connection, Func<TimeSpan> remaining, out ScimException? early, CancellationToken stop)
    {
        var preset = DirectoryPreset.Of(_settings.Kind, connection.Root);
        var plan = PlanFor(connection, preset, remaining);
        var groups = new DirectoryGroups(connection, preset, plan, stop);
        var limits = _settings.MemberOf.Select(groups.Find).ToList();
        if (limits.Count > 0 && preset.LooksThroughGroups)
        {
            plan = plan with { Filter = LdapFilter.And(plan.Filter, LdapFilter.Or(limits.Select(DirectoryGroups.MemberFilter))) };
            groups = new DirectoryGroups(connection, preset, plan, stop);
        }

        var named = _needs.Groups.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(g => g, groups.Find, StringComparer.OrdinalIgnoreCase);
        var attributes = _needs.AttributesFor(preset);
        var people = new Dictionary<string, DirectoryEntry>(StringComparer.Ordinal);
        var referrals = new List<string>();
        early = null;
        foreach (var place in plan.Bases)
        {
            var end = connection.Search(
                new DirectorySearch(place, plan.Scope, plan.Filter, attributes) { PageSize = plan.PageSize, TimeLimit = remaining() },
                e => people[DistinguishedName.KeyOf(e.Name)] = e, stop);
            referrals.AddRange(end.Referrals.Where(r => IsElsewhere(r, connection.Root)));
            early = end.Early;
            if (early is not null)
            {
                break;
            }
        }

        if (limits.Count > 0 && !preset.LooksThroughGroups)
        {
            var members = new HashSet<string>(limits.SelectMany(g => groups.MembersOf(g, people)), StringComparer.Ordinal);
            people = people.Where(p => members.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        }

        var belongs = named.ToDictionary(n => n.Key, n => groups.MembersOf(n.Value, people), StringComparer.OrdinalIgnoreCase);
        var zoomGroups = _settings.Groups is { } wanted ? groups.ZoomGroups(wanted, people) : null;
        // Whoever broke off is not asked for more.
        var names = early is not null ? attributes : new DirectorySchema(connection, stop).Known(attributes, people.Values, _needs.Properties);
        return new DirectoryReading(connection.Server, preset.Name, plan.Bases, DirectoryEntries.Records(people, names, belongs, zoomGroups))
        {
            Incomplete = early is not null ? $"The directory was not read to its end: after {Count(people.Count)}, {LowerFirst(early.Message)}"
                : referrals.Count > 0 && !_settings.IgnoresReferrals ? "A part of the directory is kept by other servers, which were not asked: "
                    + $"{Few(referrals)}. Read it from there (servers, base), or say that it does not matter (referrals: ignore)."
                : null,
            Notes = [.. Notes(connection.Server, referrals)],
        };
    }

    private IEnumerable<string> Notes(DirectoryServer server, List<string> referrals)
    {
        if (server.Security == DirectorySecurity.None)
        {
            yield return $"The connection to {server} is not encrypted, which is all right on this machine itself and nowhere else.";
        }

        if (_options.Method == DirectoryBindMethod.Anonymous)
        {
            yield return $"{server} was read without signing in, as the rule says: what it does not show to everybody looks as if nobody had it.";
        }

        if (referrals.Count > 0 && _settings.IgnoresReferrals)
        {
            yield return $"A part of the directory is kept by other servers and was not read, as the rule says: {Few(referrals)}.";
        }
    }

    private DirectoryPlan PlanFor(IDirectoryConnection connection, DirectoryPreset preset, Func<TimeSpan> remaining)
    {
        var contexts = DirectoryPreset.Texts(connection.Root, "namingContexts");
        var first = _settings.Bases.Count > 0 ? _settings.Bases[0] : null;
        var root = DirectoryPreset.Text(connection.Root, "defaultNamingContext")
            ?? contexts.Find(c => first is not null && DistinguishedName.IsBelow(first, c))
            ?? (contexts.FindAll(c => c.Length > 0) is [{ } only] ? only : first)
            ?? throw LdapFaults.NoBase(connection.Server);
        return new DirectoryPlan(
            root,
            _settings.Bases.Count > 0 ? _settings.Bases : [root],
            _settings.Scope,
            _settings.Filter ?? preset.People,
            _settings.PageSize,
            remaining);
    }

    private static bool IsElsewhere(string referral, DirectoryEntry root)
    {
        string name;
        try
        {
            name = LdapUrl.Parse(referral).Bases is [{ } only] ? only : string.Empty;
        }
        catch (FormatException)
        {
            return true;
        }

        var key = DistinguishedName.KeyOf(name) + ",";
        return name.Length == 0 || !(WithoutPeople.Any(p => key.StartsWith(p, StringComparison.Ordinal))
            && DirectoryPreset.Texts(root, "rootDomainNamingContext")
                .Concat(DirectoryPreset.Texts(root, "defaultNamingContext"))
                .Any(c => DistinguishedName.IsBelow(name, c)));
    }

    private static ScimException Together(List<(DirectoryServer Server, ScimException Error)> failures) => failures.Count == 1 ? failures[0].Error
        : new ScimConnectionException(
            failures[0].Error.ErrorId,
            $"None of the {failures.Count} servers of the directory could be used. {string.Join(" ", failures.Select(f => $"{f.Server}: {f.Error.Message}"))}",
            failures[0].Error)
        {
            Category = failures[0].Error.Category,
            RecommendedAction = failures[0].Error.RecommendedAction,
        };

    private static string Count(int number) => string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", number, number == 1 ? "person" : "people");

    private static string Few(List<string> referrals) =>
        string.Join(", ", referrals.Distinct().Take(3)) + (referrals.Distinct().Skip(3).Any() ? ", …" : string.Empty);

    private static string LowerFirst(string sentence) =>
        sentence.Length > 1 && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence.Substring(1) : sentence;
}
