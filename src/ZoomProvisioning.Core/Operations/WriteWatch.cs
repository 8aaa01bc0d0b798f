using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Lets the first write of each kind go alone, a canary: the others wait until it was seen to have done what was asked and
/// nothing else. Where Zoom does something else, nothing more of that kind is sent.
/// </summary>
internal sealed class WriteWatch
{
    /// <summary>After how many people who lost something nothing more of the kind is sent, whatever the canary said.</summary>
    public const int MostHarmed = 3;

    /// <summary>After how many people whose state did not change nothing more of the kind is sent.</summary>
    public const int MostUnmoved = 10;

    private readonly object _gate = new();
    private readonly Dictionary<WriteKind, Kind> _kinds = new[] { WriteKind.Create, WriteKind.Update, WriteKind.Activate, WriteKind.Deactivate }
        .ToDictionary(k => k, _ => new Kind());

    /// <summary>What Zoom did instead, a sentence for each kind of which nothing more is sent.</summary>
    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_gate)
            {
                return _kinds.Values.Select(k => k.Finding).OfType<string>().ToList();
            }
        }
    }

    /// <summary>Whether the first write of a kind has yet to be seen to do what was asked.</summary>
    public bool AwaitsFirst(WriteKind kind)
    {
        lock (_gate)
        {
            return _kinds[kind] is { IsTrusted: false, Finding: null };
        }
    }

    /// <summary>Waits until a write of this kind may be sent.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isHarmless">Whether there is nothing this one could lose, so that it need not wait, and proves nothing.</param>
    /// <returns>The turn; to be disposed when what became of the write is known.</returns>
    /// <exception cref="ScimWithheldException">Zoom did something else with an earlier one.</exception>
    public async Task<Turn> EnterAsync(WriteKind kind, bool isHarmless = false)
    {
        var of = _kinds[kind];
        if (MayGo(of) || isHarmless)
        {
            return new Turn(this, of, isFirst: false);
        }

        // Whoever is sending ends by an answer, a time limit or a stop, so nobody waits for ever.
        await of.First.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (MayGo(of))
            {
                of.First.Release();
                return new Turn(this, of, isFirst: false);
            }
        }
        catch
        {
            of.First.Release();
            throw;
        }

        return new Turn(this, of, isFirst: true);
    }

    private bool MayGo(Kind kind)
    {
        lock (_gate)
        {
            return kind.Finding is { } finding
                ? throw new ScimWithheldException($"Not sent, because Zoom did something else with another user: {finding}")
                {
                    Category = "OperationStopped",
                    RecommendedAction = "Look at that user in Zoom, and ask Zoom's support why; then run it again. Nothing happened to this user.",
                }
                : kind.IsTrusted;
        }
    }

    /// <summary>Leave to send one write.</summary>
    internal sealed class Turn(WriteWatch watch, Kind kind, bool isFirst) : IDisposable
    {
        /// <summary>Whether the others wait for this one.</summary>
        public bool IsFirst => isFirst;

        /// <summary>It was seen to do what was asked, and nothing else.</summary>
        public void Trust()
        {
            lock (watch._gate)
            {
                kind.IsTrusted = true;
            }
        }

        /// <summary>Zoom did something else.</summary>
        /// <param name="finding">What it did, in a sentence.</param>
        /// <param name="most">How many times that may be, after the first.</param>
        public void Doubt(string finding, int most)
        {
            lock (watch._gate)
            {
                if (++kind.Strikes >= most || isFirst)
                {
                    kind.Finding ??= finding;
                }
            }
        }

        public void Dispose()
        {
            if (isFirst)
            {
                kind.First.Release();
            }
        }
    }

    /// <summary>What is known of one kind of write.</summary>
    internal sealed class Kind
    {
        public SemaphoreSlim First { get; } = new(1, 1);

        public bool IsTrusted { get; set; }

        public int Strikes { get; set; }

        public string? Finding { get; set; }
    }
}
