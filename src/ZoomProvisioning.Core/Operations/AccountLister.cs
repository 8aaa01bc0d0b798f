using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>How a list is gone through, after its first page.</summary>
internal enum ListOrder
{
    /// <summary>From the first to the last, and not far ahead of whoever takes them: the first few may be all that is wanted.</summary>
    AsListed,

    /// <summary>From both ends by turns, for whoever looks for people: those who came together are changed together, and are listed together.</summary>
    FromBothEnds,
}

/// <summary>
/// Lists all users or all groups of an account: the first page alone, then many pages at once, given out in the order they are
/// asked for. People come and go while a list is read, so positions shift; who slipped through is looked for in two more passes.
/// </summary>
/// <remarks>
/// A list that cannot be true ends too. A pass reads no further than its first page said, and no further than pages that bring
/// somebody new; and nothing is made as large as Zoom says the list is.
/// </remarks>
internal sealed class AccountLister<T>
{
    /// <summary>The most Zoom gives in one page (its SCIM2 OpenAPI).</summary>
    public const int PageSize = 100;

    /// <summary>How often a list that shifts is read at most.</summary>
    public const int MaxPasses = 3;

    // A list may shift by a whole page while it is read; a server that always gives the same page shifts for ever.
    private const int MostBarrenPages = 3;

    private readonly Func<int, int, ScimFilter?, ScimCall, Task<ScimPage<T>>> _read;
    private readonly Func<T, string?> _idOf;
    private readonly string _what;

    /// <param name="read">Reads a page: its start, how many, the filter.</param>
    /// <param name="idOf">The Zoom id of one of them.</param>
    /// <param name="what">What they are called: users or groups.</param>
    public AccountLister(Func<int, int, ScimFilter?, ScimCall, Task<ScimPage<T>>> read, Func<T, string?> idOf, string what)
    {
        _read = read;
        _idOf = idOf;
        _what = what;
    }

    /// <summary>Lists.</summary>
    /// <param name="filter">A filter; null for all.</param>
    /// <param name="onPage">Takes those of each page who were not given out before, in the order of the list.</param>
    /// <param name="concurrency">How many pages may be asked for at once.</param>
    /// <param name="call">How the calls are stopped and watched.</param>
    /// <param name="onProgress">Told after each page how many different ones there are so far, and of how many Zoom speaks.</param>
    /// <param name="passes">How often to read what does not come out complete.</param>
    /// <param name="order">Which page comes after the first.</param>
    /// <param name="goesOn">Asked after the first page, with Zoom's total, whether to read on; null for always.</param>
    /// <returns>Zoom's total, and how many different ones were given out: fewer means that the list is incomplete.</returns>
    /// <exception cref="ScimServerException">Most of what Zoom speaks of cannot be had (<c>Zoom.List.Incomplete</c>).</exception>
    public async Task<(int Total, int Delivered)> ListAsync(
        ScimFilter? filter,
        Func<IReadOnlyList<T>, Task> onPage,
        Func<int> concurrency,
        ScimCall call,
        Action<int, int>? onProgress = null,
        int passes = MaxPasses,
        ListOrder order = ListOrder.AsListed,
        Func<int, bool>? goesOn = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var total = 0;
        for (var number = 0; number < passes && (number == 0 || seen.Count < total); number++)
        {
            var pass = new Pass(this, filter, seen, isFirst: number == 0, order, onPage, onProgress);
            await pass.RunAsync(concurrency, goesOn, call).ConfigureAwait(false);
            total = pass.Total;
            if (pass.IsGivenUp)
            {
                return (total, seen.Count);
            }
        }

        var missing = total - seen.Count;
        return missing > PageSize && missing > seen.Count ? throw Incomplete(_what, total, seen.Count) : (total, seen.Count);
    }

    /// <summary>The error of a list that all passes did not complete.</summary>
    public static ScimServerException Incomplete(string what, int total, int delivered) => new(
        "Zoom.List.Incomplete",
        string.Format(
            CultureInfo.CurrentCulture,
            "Zoom speaks of {0:N0} {2} but gave {1:N0} different ones in three passes, so the list is incomplete. "
                + "Do not take those who are missing for removed.",
            total,
            delivered,
            what))
    {
        Category = "InvalidResult",
        RecommendedAction = "Run it again when less is changing in the account. If it stays so, give the numbers to Zoom's support.",
    };

    /// <summary>Once through the list.</summary>
    private sealed class Pass(
        AccountLister<T> lister,
        ScimFilter? filter,
        HashSet<string> seen,
        bool isFirst,
        ListOrder order,
        Func<IReadOnlyList<T>, Task> onPage,
        Action<int, int>? onProgress)
    {
        // In the first pass whoever is new to the pass is new to the list.
        private readonly HashSet<string> _inPass = isFirst ? seen : new(StringComparer.Ordinal);
        private int _taken;
        private int _barren;
        private bool _ended;

        /// <summary>The most that any page spoke of: who joins meanwhile makes the list longer, and who leaves moves others up.</summary>
        public int Total { get; private set; }

        /// <summary>Whether the rest was not worth reading.</summary>
        public bool IsGivenUp { get; private set; }

        public async Task RunAsync(Func<int> concurrency, Func<int, bool>? goesOn, ScimCall call)
        {
            var first = await lister._read(1, PageSize, filter, call).ConfigureAwait(false);
            // A server may give smaller pages than it was asked for.
            var step = first.Resources.Count;
            var end = first.TotalResults;
            await TakeAsync(new Part(first.Resources, first.TotalResults)).ConfigureAwait(false);

            if (goesOn?.Invoke(Total) == false)
            {
                IsGivenUp = true;
                return;
            }

            // No further ahead than was taken already: whoever wants the first few only does not pay for the whole list.
            var window = new OrderedWindow<Part>(
                () => order == ListOrder.AsListed ? Math.Min(concurrency(), 2 * _taken) : concurrency(), TakeAsync, call);
            var parts = step > 0 ? (end - 1) / step : 0;
            try
            {
                for (var turn = 0; turn < parts && !_ended; turn++)
                {
                    var part = order == ListOrder.AsListed ? turn + 1 : turn % 2 == 0 ? parts - (turn / 2) : (turn + 1) / 2;
                    var start = 1 + ((long)part * step);
                    var (from, length) = ((int)start, (int)Math.Min(step, end - start + 1));
                    await window.MakeRoomAsync().ConfigureAwait(false);
                    if (!_ended)
                    {
                        window.Add(c => ReadPartAsync(from, length, c));
                    }
                }

                await window.DrainAsync().ConfigureAwait(false);
            }
            finally
            {
                await window.EndAsync().ConfigureAwait(false);
            }
        }

        /// <summary>Reads one part of the list: a page, and what is left of the part where the page was shorter.</summary>
        private async Task<Part> ReadPartAsync(int from, int length, ScimCall call)
        {
            var page = await lister._read(from, PageSize, filter, call).ConfigureAwait(false);
            if (page.Resources.Count == 0 || page.Resources.Count >= length)
            {
                return new Part(page.Resources, page.TotalResults);
            }

            var resources = new List<T>(page.Resources);
            var total = page.TotalResults;
            while (page.Resources.Count > 0 && resources.Count < length && from + resources.Count <= page.TotalResults)
            {
                page = await lister._read(from + resources.Count, length - resources.Count, filter, call).ConfigureAwait(false);
                resources.AddRange(page.Resources);
                total = Math.Max(total, page.TotalResults);
            }

            return new Part(resources, total);
        }

        private async Task TakeAsync(Part part)
        {
            _taken++;
            Total = Math.Max(Total, part.Total);
            var fresh = new List<T>(part.Resources.Count);
            var isBarren = true;
            foreach (var resource in part.Resources)
            {
                if (lister._idOf(resource) is not { } id)
                {
                    // Nobody can say whether it was given out before.
                    if (isFirst)
                    {
                        fresh.Add(resource);
                    }

                    continue;
                }

                var isNew = seen.Add(id);
                isBarren &= !(isFirst ? isNew : _inPass.Add(id));
                if (isNew)
                {
                    fresh.Add(resource);
                }
            }

            _barren = isBarren ? _barren + 1 : 0;
            // From the other end an empty page is not the end: people may have left meanwhile.
            _ended |= (part.Resources.Count == 0 && order == ListOrder.AsListed) || _barren == MostBarrenPages;
            if (fresh.Count > 0)
            {
                await onPage(fresh).ConfigureAwait(false);
            }

            onProgress?.Invoke(seen.Count, Total);
        }
    }

    /// <summary>A part of the list, and how long Zoom says the list is.</summary>
    private readonly struct Part(IReadOnlyList<T> resources, int total)
    {
        public IReadOnlyList<T> Resources { get; } = resources;

        public int Total { get; } = total;
    }
}
