using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.State;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Commands;

/// <summary>Counts who has which licence, and says who waits for one. How many seats there are Zoom does not tell over SCIM: -Total says it.</summary>
[Cmdlet(VerbsCommon.Get, "ZoomLicense")]
[OutputType(typeof(ZoomLicenseUsage))]
public sealed class GetZoomLicenseCommand : RuleRunCmdlet
{
    // Who has waited for longer than that has been asked for again, or is no longer meant to have it.
    private static readonly TimeSpan Back = TimeSpan.FromDays(366);

    /// <summary>
    /// Read each user by id, and count plans and add-ons too: a list tells the user type only. One more request for each user.
    /// </summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>How many seats were bought, by licence, so that what is left can be worked out: @{ Licensed = 500 }.</summary>
    [Parameter]
    [ValidateNotNull]
    [Table("@{ Licensed = 500 }")]
    public Hashtable? Total { get; set; }

    private protected override bool ChangesZoom => false;

    private protected override void OnRecord()
    {
        var totals = ReadTotals();
        var history = AccountHistory.Of(
            EngineLoader.State,
            StatePlace.OfAccount(StateRoot(StatePath), AccountKey.Of(Zoom)),
            // One journal that cannot be read does not hide the others.
            (place, exception) => WriteError(ErrorRecordFactory.From(exception, null, place.Folder)));
        try
        {
            var waiting = SeatWaiters.Of(history, DateTimeOffset.UtcNow - Back);
            WriteObject(Run(CountAsync, null).Result(waiting, totals), enumerateCollection: true);
        }
        catch (ScimException exception)
        {
            Terminate(exception);
        }
    }

    private async Task<LicenseCount> CountAsync(LaneScope scope)
    {
        var count = new LicenseCount();
        var gate = new object();
        var directory = new UserDirectory(Zoom, () => Limit);
        void Add(ScimUser user)
        {
            lock (gate)
            {
                count.Add(user);
            }
        }

        var (total, delivered) = await (Detailed
            ? directory.ListInFullAsync(null, (user, error) =>
            {
                if (error is not null)
                {
                    throw error;
                }

                Add(user);
                return Task.CompletedTask;
            }, scope.Call)
            : directory.ListAsync(null, page =>
            {
                foreach (var user in page)
                {
                    Add(user);
                }

                return Task.CompletedTask;
            }, scope.Call)).ConfigureAwait(false);
        return delivered < total ? throw AccountLister<ScimUser>.Incomplete("users", total, delivered) : count;
    }

    private Dictionary<string, int> ReadTotals()
    {
        var totals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in Total ?? [])
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            if (!ZoomLicenses.Names.Contains(name, StringComparer.OrdinalIgnoreCase) && name.IndexOf('=') < 0)
            {
                Refuse(
                    $"'{name}' is no licence this module knows{Spelling.Suggest(name, ZoomLicenses.Names)}.",
                    $"There are: {string.Join(", ", ZoomLicenses.Names)}; or attribute=code.");
            }

            if (!LanguagePrimitives.TryConvertTo<int>(entry.Value, CultureInfo.InvariantCulture, out var number) || number < 0)
            {
                Refuse($"'{entry.Value}' is no number of seats of {name}.", "Give a whole number: -Total @{ Licensed = 500 }.");
            }

            totals[ZoomLicenses.Names.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) ?? name] = number;
        }

        return totals;
    }

    private void Refuse(string message, string advice) => Terminate(new ScimStateException("Zoom.License.UnknownTotal", message)
    {
        Category = nameof(ErrorCategory.InvalidArgument),
        RecommendedAction = advice,
    }, Total);
}
