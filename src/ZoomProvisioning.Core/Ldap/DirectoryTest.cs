using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Ldap;

/// <summary>Tries a directory from the name of its server to its people, and says what an admin would want to know before the first run.</summary>
internal sealed class DirectoryTest
{
    private static readonly string[] Untried = ["Base", "People", "Attributes", "Mail"];

    private const int Shown = 5;

    private readonly IDirectory _directory;
    private readonly LdapSettings _settings;
    private readonly DirectoryOptions _options;
    private readonly DirectoryNeeds _needs;
    private readonly IClock _clock;

    public DirectoryTest(IDirectory directory, LdapSettings settings, DirectoryOptions options, DirectoryNeeds needs, IClock? clock = null)
    {
        _directory = directory;
        _settings = settings;
        _options = options;
        _needs = needs;
        _clock = clock ?? SystemClock.Instance;
    }

    /// <summary>Runs all steps. Each server is tried; the people are read once, as a run would read them.</summary>
    public IReadOnlyList<ConnectionTestStep> Run(CancellationToken stop)
    {
        var steps = new List<ConnectionTestStep>();
        var usable = false;
        foreach (var server in _settings.Servers)
        {
            var tried = _directory.Test(server, _options, stop);
            usable |= tried.All(s => s.Outcome != TestOutcome.Failed);
            steps.AddRange(_settings.Servers.Count == 1 ? tried : tried.Select(s => Of(server, s)));
        }

        steps.AddRange(usable ? ReadSteps(stop) : Untried.Select(n => Step(n, TestOutcome.Skipped, "Not tried, because no server can be used.")));
        return steps;
    }

    private List<ConnectionTestStep> ReadSteps(CancellationToken stop)
    {
        var startedAt = _clock.Elapsed;
        DirectoryReading reading;
        try
        {
            reading = new DirectoryReader(_directory, _settings, _options, _needs, _clock).Read(stop);
        }
        catch (ScimException exception)
        {
            return [new ConnectionTestStep("Base", TestOutcome.Failed, _clock.Elapsed - startedAt, exception.Message) { Remedy = exception.RecommendedAction }];
        }

        return
        [
            Step("Base", TestOutcome.Passed, $"{string.Join("; ", reading.Bases)} of {reading.Directory}."),
            People(reading, _clock.Elapsed - startedAt),
            Attributes(reading),
            Mail(reading),
        ];
    }

    private static ConnectionTestStep People(DirectoryReading reading, TimeSpan took)
    {
        var found = string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}.", reading.Records.Count, reading.Records.Count == 1 ? "person" : "people");
        var notes = string.Concat(reading.Notes.Select(n => " " + n));
        return reading.Incomplete is { } incomplete
            ? new ConnectionTestStep("People", TestOutcome.Failed, took, $"{found} {incomplete}")
            {
                Remedy = "A run would create and update these and remove nobody. Put right what the sentence names.",
            }
            : new ConnectionTestStep("People", reading.Records.Count == 0 ? TestOutcome.Failed : TestOutcome.Passed, took, found + notes)
            {
                Remedy = reading.Records.Count == 0
                    ? "Check base, filter and memberOf, and whether the account may see people there: try the same with ldapsearch."
                    : null,
            };
    }

    private ConnectionTestStep Attributes(DirectoryReading reading)
    {
        var kind = reading.Directory == DirectoryPreset.ActiveDirectory.Name ? DirectoryPreset.ActiveDirectory : DirectoryPreset.OpenLdap;
        var wanted = _needs.AttributesFor(kind).Where(a => !kind.Keys.Contains(a, StringComparer.OrdinalIgnoreCase)).ToList();
        // Of two names for one thing it is enough that one is filled in.
        var empty = wanted.Where(a => !Has(reading, a) && !PropertyNames.OtherNames(a).Any(o => Has(reading, o)) && IsSpelling(a, kind)).ToList();
        return reading.Records.Count == 0 ? Step("Attributes", TestOutcome.Skipped, "Not tried, because nobody was found.")
            : empty.Count == 0 ? Step(
                "Attributes",
                TestOutcome.Passed,
                string.Format(CultureInfo.CurrentCulture, "Somebody has a value of each of the {0:N0} that are read.", wanted.Count))
            : Step("Attributes", TestOutcome.Warning, $"Nobody has a value of {string.Join(", ", empty)}.",
                "Leave them out of the rule, mark them optional, or let the account see them, if they are filled in.");
    }

    private static ConnectionTestStep Mail(DirectoryReading reading)
    {
        var without = reading.Records.Where(r => !HasValue(r, "mail")).Select(r => r.Source!.ToString()!).OrderBy(n => n, StringComparer.Ordinal).ToList();
        return reading.Records.Count == 0 ? Step("Mail", TestOutcome.Skipped, "Not tried, because nobody was found.")
            : without.Count == 0 ? Step("Mail", TestOutcome.Passed, "Everybody has a mail address.")
            : Step("Mail", TestOutcome.Warning, string.Format(
                CultureInfo.CurrentCulture, "{0:N0} of {1:N0} have none: {2}{3}.", without.Count, reading.Records.Count,
                string.Join("; ", without.Take(Shown)), without.Count > Shown ? "; …" : string.Empty),
                "Fill it in, leave them out by the filter (mail=*), or let the sign-in name stand for it, which happens where the rule does not say "
                    + "requireMail.");
    }

    // 'surname' was asked for beside 'sn', and only one of the two is LDAP's.
    private bool IsSpelling(string attribute, DirectoryPreset kind) => kind.Usual.Contains(attribute, StringComparer.OrdinalIgnoreCase)
        || (_needs.Properties.Contains(attribute, StringComparer.OrdinalIgnoreCase) && !PropertyNames.IsEnabled(attribute));

    private static bool Has(DirectoryReading reading, string attribute) => reading.Records.Any(r => HasValue(r, attribute));

    private static bool HasValue(ISourceRecord record, string attribute)
    {
        try
        {
            return PropertyNames.Find(record.Names, attribute) is { } name && record.Read(name) is { } value && !ZoomAttribute.IsEmpty(value);
        }
        catch (FormatException)
        {
            // What cannot be decoded is there.
            return true;
        }
    }

    private static ConnectionTestStep Of(DirectoryServer server, ConnectionTestStep step) =>
        new($"{step.Name} ({server.Host})", step.Outcome, step.Duration, step.Detail) { Remedy = step.Remedy };

    private static ConnectionTestStep Step(string name, TestOutcome outcome, string detail, string? remedy = null) =>
        new(name, outcome, TimeSpan.Zero, detail) { Remedy = remedy };
}
