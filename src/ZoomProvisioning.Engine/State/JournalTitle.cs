using ZoomProvisioning.Engine.State.Contracts;

namespace ZoomProvisioning.Engine.State;

/// <summary>What a journal's first line says: whose it is, and after which line it goes on.</summary>
/// <param name="Account">The account (see <see cref="ZoomProvisioning.State.AccountKey"/>).</param>
/// <param name="Rule">The rule's name.</param>
internal sealed record JournalTitle(string Account, string Rule)
{
    /// <summary>The number of the last entry in the parts before; 0 when there are none.</summary>
    public long Continues { get; init; }

    /// <summary>The hash of the last line in the parts before.</summary>
    public string Previous { get; init; } = JournalMark.Beginning.Hash;

    /// <summary>The title of the part that goes on after a line.</summary>
    public JournalTitle After(JournalMark mark) => this with { Continues = mark.Number, Previous = mark.Hash };
}
